import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AskRun } from '../../../../data/ask/ask-run.js';
import type { AttemptScorer } from '../../../../data/ask/attempts/attempt-scorer.js';
import { doubtText } from '../../../../data/ask/attempts/doubt.js';
import { completionTokens } from '../../../../data/ask/attempts/metered.js';
import { collect, planCollect } from '../../../../data/ask/collect.js';
import { checkRecord } from '../../../../data/check-record.js';
import type { AnswerRecord } from '../../../../data/record.js';
import { type Body, completion, type Fake, fakeEndpoint, type Handler, send } from '../fake-endpoint.js';
import { linesOf, runOf } from '../run-of.js';

let folder: string;
const fakes: Fake[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-attempts-'));
});
afterEach(async () => {
  await Promise.all(fakes.splice(0).map((fake) => fake.close()));
  await rm(folder, { recursive: true, force: true });
});

/** A choice that says a text, one token per word. */
function says(text: string) {
  const content = text.split(' ').map((token) => ({ token, logprob: -0.5, top_logprobs: [{ token, logprob: -0.5 }] }));
  return { message: { role: 'assistant', content: text }, finish_reason: 'stop', logprobs: { content } };
}

/** A reply with its usage, as servers count it that report only the first of several choices. */
function reply(texts: string[], prompt: number): unknown {
  const usage = { prompt_tokens: prompt, completion_tokens: texts[0].split(' ').length + 1 };
  return { ...(completion(...texts.map(says)) as object), usage };
}

/** Each text has a fixed probability; its doubts name it. */
function scorerOf(probability: Record<string, number>, seen: AnswerRecord[] = []): AttemptScorer {
  return {
    facts: { digest: 'abc' },
    score: async (attempts) =>
      attempts.map((attempt) => {
        seen.push(structuredClone(attempt));
        return { probability: probability[attempt.answer] ?? Number.NaN, doubts: [`doubt of ${attempt.answer}`] };
      }),
  };
}

const question = { id: 'q', prompt: 'How many legs has an ant?', reference: ['6'] };

async function run(handler: Handler, ask: object, more: Partial<AskRun>, rows: object[] = [question]): Promise<AskRun> {
  const made = await fakeEndpoint(handler);
  fakes.push(made);
  const way = { endpoints: [made.url] };
  return runOf(folder, rows, { ask: { model: 'fake', topLogprobs: 1, ...ask }, way, more });
}

const rowsOf = async ({ out }: { out: string }) => (await linesOf(out)).map((line) => JSON.parse(line) as AnswerRecord);
const bodies = () => fakes[0].bodies;
const lastTurn = (body: Body) => body.messages[body.messages.length - 1].content;

describe('collect --best-of', () => {
  /** The first answer is eight; samples come as they are asked for. */
  const handler: Handler = (body, response) => {
    const drawn = ['six', 'six legs', 'four'].slice(0, body.n ?? 1);
    send(response, 200, body.temperature === 0 ? reply(['eight'], 10) : reply(drawn, 11));
  };
  const probability = { eight: 0.3, six: 0.8, 'six legs': 0.8, four: 0.1 };

  it('records every answer with the others as its samples, chooses the best, and says what each cost', async () => {
    const seen: AnswerRecord[] = [];
    const summary = await collect(await run(handler, { bestOf: 4 }, { scorer: scorerOf(probability, seen) }));
    const rows = await rowsOf(summary);
    expect(rows.map(({ id, answer, selected, attempt }) => [id, answer, selected, attempt])).toEqual([
      ['q', 'eight', undefined, { number: 1, kind: 'first', chosen: false, probability: 0.3, ...cost(10, 2) }],
      ['q#2', 'six', true, { number: 2, kind: 'sampled', chosen: true, probability: 0.8, ...cost(11, 1) }],
      ['q#3', 'six legs', undefined, { number: 3, kind: 'sampled', chosen: false, probability: 0.8, ...cost(0, 2) }],
      ['q#4', 'four', undefined, { number: 4, kind: 'sampled', chosen: false, probability: 0.1, ...cost(0, 1) }],
    ]);
    expect(rows.map(({ samples }) => samples?.map(({ answer }) => answer))).toEqual([
      ['six', 'six legs', 'four'],
      ['eight', 'six legs', 'four'],
      ['eight', 'six', 'four'],
      ['eight', 'six', 'six legs'],
    ]);
    expect(rows.map(({ decoding }) => decoding?.temperature)).toEqual([0, 0.8, 0.8, 0.8]);
    expect(rows[3].samples?.map(({ temperature }) => temperature)).toEqual([0, 0.8, 0.8]);
    // own tokens with alternatives, those of samples without
    expect(rows[1].tokens).toEqual([{ token: 'six', logprob: -0.5, top: [{ token: 'six', logprob: -0.5 }] }]);
    expect(rows[0].samples?.[0].tokens).toEqual([{ token: 'six', logprob: -0.5 }]);
    expect(rows.every((row) => row.prompt === question.prompt && row.reference?.[0] === '6')).toBe(true);
    // what was scored is what is recorded
    const { selected: _, attempt: __, ...scored } = rows[2];
    expect(seen[2]).toEqual({ ...scored, id: 'q' });
    expect(summary).toMatchObject({ written: 4, asked: 1, requests: 2 });
    for (const row of rows) expect(checkRecord(structuredClone(row))).toEqual(row);
  });

  it('asks follow-up questions about each answer, and counts their tokens', async () => {
    const sure: Handler = (body, response) =>
      lastTurn(body).includes('How sure')
        ? send(response, 200, reply(['I am 70% sure.'], 100))
        : handler(body, response, undefined as never);
    const rows = await rowsOf(
      await collect(await run(sure, { bestOf: 2, stated: true }, { scorer: scorerOf(probability) })),
    );
    expect(rows.map(({ stated }) => stated)).toEqual([0.7, 0.7]);
    expect(rows.map(({ attempt }) => attempt?.promptTokens)).toEqual([110, 111]);
    expect(rows.map(({ attempt }) => attempt?.completionTokens)).toEqual([2 + 5, 2 + 5]);
  });

  it('keeps one answer where the endpoint gives no other, and a tie goes to the first', async () => {
    const alone: Handler = (_, response) => send(response, 200, completion({ message: { content: 'eight' } }));
    const summary = await collect(await run(alone, { bestOf: 3 }, { scorer: scorerOf(probability) }));
    const rows = await rowsOf(summary);
    expect(rows.map(({ attempt }) => attempt)).toEqual([
      { number: 1, kind: 'first', chosen: true, probability: 0.3 },
      { number: 2, kind: 'sampled', chosen: false, probability: 0.3 },
      { number: 3, kind: 'sampled', chosen: false, probability: 0.3 },
    ]);
  });

  it('a reply that is no answer is recorded alone', async () => {
    const call = { message: { content: null, tool_calls: [{ id: 'x' }] }, finish_reason: 'tool_calls' };
    const none: Handler = (_, response) => send(response, 200, completion(call));
    const rows = await rowsOf(await collect(await run(none, { bestOf: 3 }, { scorer: scorerOf({}) })));
    expect(rows).toMatchObject([{ id: 'q', answer: null, attempt: { number: 1, chosen: true } }]);
    expect(rows[0].samples).toBeUndefined();
  });
});

const cost = (promptTokens: number, completionTokens: number) => ({ promptTokens, completionTokens });

describe('collect --revise', () => {
  /** Answers by the number of assistant turns so far; samples are always "six". */
  const revising =
    (answers: string[]): Handler =>
    (body, response) => {
      const turn = body.messages.filter(({ role }) => role === 'assistant').length;
      send(
        response,
        200,
        body.temperature === 0 ? reply([answers[turn]], 10 + turn) : reply(Array(body.n).fill('six'), 12),
      );
    };

  it('names the doubt and asks again until the probability does not rise', async () => {
    const seen: AnswerRecord[] = [];
    const scorer = scorerOf({ eight: 0.2, seven: 0.4, nine: 0.4, ten: 0.99 }, seen);
    const handler = revising(['eight', 'seven', 'nine', 'ten']);
    const rows = await rowsOf(await collect(await run(handler, { revise: 5, samples: 2 }, { scorer })));
    expect(
      rows.map(({ id, answer, selected, attempt }) => [id, answer, selected, attempt?.chosen, attempt?.kind]),
    ).toEqual([
      ['q', 'eight', undefined, false, 'first'],
      ['q#2', 'seven', true, true, 'revised'],
      ['q#3', 'nine', true, false, 'revised'],
    ]);
    const doubts = rows.map(({ attempt }) => attempt?.doubt);
    expect(doubts[0]).toBeUndefined();
    expect(doubts[1]).toBe(
      'This answer may be wrong.\nAsked again, you answered: "six".\nReasons to doubt it: doubt of eight.\n' +
        'Read the question again and give your final answer, in the same form as before and without an explanation.',
    );
    const asked = bodies().filter(({ temperature }) => temperature === 0);
    expect(asked[2].messages).toEqual([
      { role: 'user', content: question.prompt },
      { role: 'assistant', content: 'eight' },
      { role: 'user', content: doubts[1] },
      { role: 'assistant', content: 'seven' },
      { role: 'user', content: doubts[2] },
    ]);
    // the samples of the first answer stay, and are asked for once
    expect(rows.map(({ samples }) => samples?.map(({ answer }) => answer))).toEqual(Array(3).fill(['six', 'six']));
    expect(bodies().filter(({ n }) => n === 2)).toHaveLength(1);
    expect(rows.map(({ attempt }) => attempt?.promptTokens)).toEqual([10, 11, 12]);
    expect(rows.map(({ attempt }) => attempt?.samplePromptTokens)).toEqual([12, undefined, undefined]);
    expect(rows[0].attempt?.sampleCompletionTokens).toBe(2);
    expect(rows.every(({ prompt, messages }) => prompt === question.prompt && messages === undefined)).toBe(true);
  });

  it('ends where the probability reaches the cut-off, and after the most revisions', async () => {
    const scorer = scorerOf({ a: 0.2, b: 0.7, c: 0.95, d: 0.99 });
    const handler = revising(['a', 'b', 'c', 'd']);
    const rows = await rowsOf(await collect(await run(handler, { revise: 9 }, { scorer })));
    expect(rows.map(({ answer, attempt }) => [answer, attempt?.chosen])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
    ]);
    const lower = await run(handler, { revise: 9, reviseUntil: 0.15 }, { scorer, restart: true });
    expect((await rowsOf(await collect(lower))).map(({ answer, selected }) => [answer, selected])).toEqual([
      ['a', true],
    ]);
    const once = await run(handler, { revise: 1 }, { scorer, restart: true });
    expect((await rowsOf(await collect(once))).map(({ answer }) => answer)).toEqual(['a', 'b']);
  });

  it('a doubt names at most three other answers, each once, and no copy of the answer', () => {
    const samples = ['Six.', 'six', 'eight', 'EIGHT!', 'two\nlines', 'ten', 'eleven'].map((answer) => ({ answer }));
    const text = doubtText('six', samples, ['a: 1', 'b: 2', 'c: 3', 'd: 4']);
    expect(text).toContain('"eight", "two lines", "ten".');
    expect(text).toContain('Reasons to doubt it: a: 1; b: 2; c: 3.');
    expect(doubtText('six', [], [])).not.toContain('Asked again');
  });
});

describe('attempts: costs, resume and refusals', () => {
  const handler: Handler = (body, response) =>
    send(response, 200, body.temperature === 0 ? reply(['eight'], 10) : reply(Array(body.n).fill('six legs'), 11));
  const scorer = scorerOf({ eight: 0.3, 'six legs': 0.6 });
  const rows = Array.from({ length: 12 }, (_, i) => ({ ...question, id: `q${i}`, prompt: `Question ${i}?` }));

  it('a run that was stopped gives the same file as one that was not', async () => {
    const whole = await collect(await run(handler, { bestOf: 3 }, { scorer }, rows));
    const expected = readFileSync(whole.out, 'utf8');
    expect(expected.trimEnd().split('\n')).toHaveLength(36);
    let asked = 0;
    const stop = new AbortController();
    const failing: Handler = (body, response, request) => {
      if (++asked === 9) stop.abort();
      return handler(body, response, request);
    };
    const out = join(folder, 'again.jsonl');
    await expect(
      collect(await run(failing, { bestOf: 3 }, { scorer, out, stop: stop.signal }, rows)),
    ).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    const rest = await collect(await run(handler, { bestOf: 3 }, { scorer, out }, rows));
    expect(rest.before).toBeGreaterThan(2);
    expect(rest.before + rest.asked).toBe(12);
    expect(readFileSync(out, 'utf8')).toBe(expected);
  });

  it('is not continued with another bundle or another number', async () => {
    const stop = new AbortController();
    const ending: Handler = (body, response, request) => {
      stop.abort();
      return handler(body, response, request);
    };
    await expect(collect(await run(ending, { bestOf: 3 }, { scorer, stop: stop.signal }, rows))).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    const other = { ...scorer, facts: { digest: 'other' } };
    for (const [ask, more] of [[{ bestOf: 3 }, { scorer: other }] as const, [{ bestOf: 4 }, { scorer }] as const]) {
      await expect(collect(await run(handler, ask, more, rows))).rejects.toMatchObject({ code: 'RESUME_MISMATCH' });
    }
  });

  it('a dry run counts the most that may be asked, and scores nothing', async () => {
    const never: AttemptScorer = { facts: {}, score: () => Promise.reject(new Error('scored')) };
    const price = { prices: { prompt: ['1'], completion: ['2'] } };
    const best = await planCollect(await run(handler, { bestOf: 4, maxTokens: 8 }, { scorer: never, ...price }, rows));
    expect(best.rows.map(({ kind, calls, completionTokens: written }) => [kind, calls, written])).toEqual([
      ['answer', 12, 12 * 8],
      ['samples', 12, 12 * 3 * 8],
    ]);
    expect(best.price).toBeCloseTo((best.promptTokens + 2 * best.completionTokens) / 1e6, 12);
    const revised = await planCollect(
      await run(handler, { revise: 3, samples: 2, maxTokens: 8 }, { scorer: never }, rows),
    );
    expect(revised.rows.map(({ kind, calls }) => [kind, calls])).toEqual([
      ['answer', 12],
      ['samples', 12],
      ['revision', 36],
    ]);
    expect(bodies()).toHaveLength(0);
  });

  it('refuses what cannot be meant', async () => {
    const refused = async (ask: object, more: Partial<AskRun>) => expect(collect(await run(handler, ask, more)));
    await (await refused({ bestOf: 3 }, {})).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--best-of' },
    });
    await (await refused({ revise: 1 }, {})).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--revise' },
    });
    await (await refused({ bestOf: 3, revise: 1 }, { scorer })).rejects.toMatchObject({ code: 'BAD_USAGE' });
    await (await refused({ bestOf: 3, samples: 2 }, { scorer })).rejects.toMatchObject({
      detail: { field: '--samples' },
    });
    await (await refused({}, { scorer })).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field: '--bundle' } });
  });

  it('counts tokens from the list where a server reports only the first of several choices', () => {
    const choices = [says('a b c'), says('d')].map((choice, index) => ({ index, ...choice }));
    const usage = { prompt_tokens: 5, completion_tokens: 4 };
    expect([0, 1].map((i) => completionTokens({ choices, usage }, i))).toEqual([3, 1]);
    expect(completionTokens({ choices: choices.slice(0, 1), usage }, 0)).toBe(4);
    const bare = choices.map(({ logprobs: _, ...choice }) => choice);
    expect([0, 1].map((i) => completionTokens({ choices: bare, usage }, i))).toEqual([2, 2]);
    expect(completionTokens({ choices: bare }, 0)).toBeNaN();
  });
});
