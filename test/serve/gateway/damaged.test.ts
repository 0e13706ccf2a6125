import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Api } from '../../../serve/gateway/apis/api.js';
import { apis } from '../../../serve/gateway/apis/list.js';
import { readAsk } from '../../../serve/gateway/upstream/ask.js';
import { fieldOf } from '../../../serve/gateway/verdict/field.js';
import { judge } from '../../../serve/gateway/verdict/judge.js';
import { strippedEvent } from '../../../serve/gateway/whole.js';
import { eventWith, type ServerEvent } from '../../../serve/gateway/wire/events.js';
import { atOnce } from '../../../support/steps.js';
import {
  messageEventsFor,
  messageFor,
  responseEventsFor,
  responseFor,
  textEventsFor,
  textFor,
} from '../../support/fake-apis.js';
import { completionFor, eventsFor } from '../../support/fake-upstream.js';
import { gatewayOptions } from '../../support/serving.js';

type Fields = Record<string, unknown>;
const logprobs = { logprobs: true, top_logprobs: 2 };
const included = { include: ['message.output_text.logprobs'], top_logprobs: 2 };
const own: Record<Api['format'], { body: Fields; whole: unknown; events: string[] }> = {
  'openai-chat': {
    body: { model: 'm', messages: [{ role: 'user', content: 'q' }] },
    whole: completionFor({ ...logprobs, n: 2 }),
    events: eventsFor(logprobs),
  },
  'openai-completions': {
    body: { model: 'm', prompt: ['q', 'r'] },
    whole: textFor({ prompt: ['q', 'r'], logprobs: 2 }),
    events: textEventsFor({ logprobs: 2 }),
  },
  'openai-responses': {
    body: { model: 'm', input: 'q' },
    whole: responseFor(included),
    events: responseEventsFor(included),
  },
  anthropic: {
    body: { model: 'm', messages: [{ role: 'user', content: 'q' }] },
    whole: messageFor({ tools: [] }),
    events: messageEventsFor({ tools: [] }),
  },
};

/** Every place in a JSON value, as the keys that lead there. */
function pathsIn(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...at, key]))];
}

/** The value with another one at a place; `undefined` takes it away. */
function damaged(value: unknown, path: (string | number)[], put: unknown): unknown {
  if (path.length === 0) return put;
  const copy = structuredClone(value) as Fields;
  let inner = copy;
  for (const key of path.slice(0, -1)) inner = inner[key] as Fields;
  inner[path.at(-1)!] = put;
  return copy;
}

const anything = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', 'x', -1, 1e9, 1.5, true, [], {}, [[]], [null], [{}], { error: 'x' }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A value that was damaged in one or two places. */
const damage = (value: unknown) =>
  fc.array(fc.tuple(fc.nat(), anything), { minLength: 1, maxLength: 2 }).map((changes) =>
    changes.reduce((now, [at, put]) => {
      const paths = pathsIn(now);
      return damaged(now, paths[at % paths.length], put);
    }, value),
  );

const { limits } = gatewayOptions('', '');
const live = { take: () => ({ score: () => Promise.reject(new Error('none')) }), give: () => {} };
const judging = { live, task: null, limits, scored: () => {}, failed: () => {} } as unknown as Parameters<
  typeof judge
>[0];

describe.each(apis.map((api) => [api.format, api] as const))('%s', (format, api) => {
  const { body, whole, events } = own[format];
  const ask = readAsk(Buffer.from(JSON.stringify(body)), api)!;
  const texts = new Map([[0, 'no']]);

  it('a damaged response has verdicts, and is stripped and replaced where it holds an answer', async () => {
    await fc.assert(
      fc.asyncProperty(damage(whole), async (value) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
        const response = JSON.parse(JSON.stringify(value)) as Fields;
        const holds = api.holds(response);
        const verdicts = await judge(judging, ask, response);
        expect(verdicts.every(({ scored }) => !scored)).toBe(true);
        if (!holds) return;
        const text =
          api.logprobs === null ? JSON.stringify(response) : atOnce(api.logprobs.strip(JSON.stringify(response), body));
        expect(typeof JSON.parse(text)).toBe('object');
        if (verdicts.length > 0) expect(JSON.parse(atOnce(api.replace(text, response, texts)))).toBeTypeOf('object');
      }),
      { numRuns: 400 },
    );
  });

  it('a damaged stream has verdicts, and passes but for the event that says so', async () => {
    const given = events.map((event) =>
      event
        .replace(/^event: .*\n/, '')
        .trim()
        .slice('data: '.length),
    );
    const data = given.map((text): unknown => (text === '[DONE]' ? text : JSON.parse(text)));
    await fc.assert(
      fc.asyncProperty(damage(data), async (value) => {
        const list: ServerEvent[] = (Array.isArray(value) ? value : [value])
          .filter((each) => each !== undefined)
          .map((each) => eventWith(each));
        const gathered = api.gathering();
        for (const event of list) {
          gathered.add(event);
          await strippedEvent(ask, event);
        }
        const response = gathered.response();
        const verdicts = await judge(judging, ask, response);
        const field = fieldOf(verdicts);
        for (const last of [null, ...list]) {
          const said = atOnce(api.say(last, response, field));
          expect(said.filter(({ data }) => data?.includes('"vouch"')).length).toBeGreaterThan(0);
        }
        if (api.answers(body, response).length > 0) {
          for (const event of atOnce(api.replaceEvents(list, response, texts)))
            expect(event.bytes.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400 },
    );
  });
});
