import type { Random } from '../../../support/random.js';
import {
  messageEventsFor,
  messageFor,
  responseEventsFor,
  responseFor,
  textEventsFor,
  textFor,
} from '../../support/fake-apis.js';
import { completionFor, eventsFor } from '../../support/fake-upstream.js';
import { mutated, mutatedValue, oddText, oneOf } from '../mutate.js';

/** What stands in every answer of the upstream, and in each piece of it: where it shows, an answer shows. */
export const MARK = 'Xq7Z';

type Fields = Record<string, unknown>;

/** An API as its upstream and its clients speak it. */
export interface Spoken {
  path: string;
  request: Fields;
  /** Fields that ask for log-probabilities. */
  asks: Fields;
  whole(body: Fields): unknown;
  events(body: Fields): string[];
}

const messages = [{ role: 'user', content: 'What is the capital of Australia?' }];

export const spoken: readonly Spoken[] = [
  {
    path: '/v1/chat/completions',
    request: { model: 'm1', messages },
    asks: { logprobs: true, top_logprobs: 2 },
    whole: completionFor,
    events: eventsFor,
  },
  {
    path: '/v1/completions',
    request: { model: 'm1', prompt: 'Capital?' },
    asks: { logprobs: 2 },
    whole: textFor,
    events: textEventsFor,
  },
  {
    path: '/v1/responses',
    request: { model: 'm1', input: 'Capital?' },
    asks: { include: ['message.output_text.logprobs'], top_logprobs: 2 },
    whole: responseFor,
    events: responseEventsFor,
  },
  {
    path: '/v1/messages',
    request: { model: 'm1', max_tokens: 9, messages },
    asks: {},
    whole: messageFor,
    events: messageEventsFor,
  },
];

const marked = (text: string) => text.replaceAll('Can', `${MARK}Can`).replaceAll('"ber"', `"${MARK}ber"`);

const OTHER = [
  '',
  '{',
  'null',
  `"${MARK}"`,
  `<html>${MARK}</html>`,
  '[]',
  '{}',
  `{"choices":null,"text":"${MARK}"}`,
  `{"choices":["${MARK}"]}`,
];

/** A whole reply: as it should be (`good`), or damaged as a value, as text, as bytes, or another one. */
export function replyText({ whole }: Spoken, body: Fields, good: boolean, draw: Random): Buffer {
  const value = JSON.parse(marked(JSON.stringify(whole(body))));
  if (good) return Buffer.from(JSON.stringify(value));
  const what = draw.next();
  if (what < 0.05) return Buffer.from(oneOf(OTHER, draw));
  if (what < 0.6) return Buffer.from(oddText(mutatedValue(value, draw), draw));
  if (what < 0.7) return Buffer.from(oddText(value, draw));
  if (what < 0.75)
    return Buffer.from(JSON.stringify({ ...value, [oneOf(['text', 'output_text', 'vouch', 'x'], draw)]: MARK }));
  const bytes = Buffer.from(JSON.stringify(value));
  return what < 0.85 ? bytes.subarray(0, draw.int(bytes.length)) : mutated(bytes, draw);
}

/** A stream: as it should be, or with its events damaged, exchanged, left out, grown, ended otherwise. */
export function streamText({ events }: Spoken, body: Fields, good: boolean, draw: Random): Buffer {
  let all = events(body).map(marked);
  if (good) return Buffer.from(all.join(''));
  for (let times = 1 + draw.int(3); times > 0 && all.length > 0; times--) {
    const at = draw.int(all.length);
    const what = draw.int(12);
    if (what < 4) all[at] = oddEvent(all[at], draw);
    else if (what === 4) all.splice(at, 1);
    else if (what === 5) all.splice(draw.int(all.length), 0, all[at]);
    else if (what === 6) all.splice(at, 0, oneOf(EXTRA, draw));
    else if (what === 7) all.splice(at, 0, `data: {"x":"${'y'.repeat(oneOf([1000, 70_000, 200_000], draw))}"}\n\n`);
    else if (what === 8) all = all.slice(0, at);
    else if (what === 9)
      all.splice(
        at,
        0,
        ...Array<string>(oneOf([5, 400], draw)).fill(oneOf([':\n\n', '\n\n', 'data:\n\n', all[at]], draw)),
      );
    else if (what === 10) [all[0], all[at]] = [all[at], all[0]];
    else all[at] = all[at].replace(/\n\n$/, oneOf(['\n', '', '\n \n', '\n\n\n\n', '\r\n\r\n', '\r\r', '\r\n\n'], draw));
  }
  let text = all.join('');
  const what = draw.next();
  if (what < 0.08) text = text.replaceAll('\n', '\r\n');
  else if (what < 0.16) text = text.replaceAll('\n', '\r');
  else if (what < 0.2) text = text.replaceAll('\n\n', '\n');
  else if (what < 0.24) text = `\ufeff${text}`;
  else if (what < 0.28) text = text.replaceAll('data: ', 'data:');
  else if (what < 0.32) text = text.replaceAll(/data: (\{[^\n]*?),"/g, 'data: $1,\ndata: "');
  const bytes = Buffer.from(text);
  if (what < 0.8 || bytes.length === 0) return bytes;
  return what < 0.9
    ? bytes.subarray(0, draw.int(bytes.length))
    : mutated(bytes, draw, ['\n\n', '\r', '\0', '\xff', ':', '"']);
}

const EXTRA = [
  'event: error\ndata: {"error":{"message":"x"}}\n\n',
  'error: {"code":500}\n\n',
  'data: [DONE]\n\n',
  'data: null\n\n',
  `data: "${MARK}"\n\n`,
  `: ${MARK}\n\n`,
  `id: ${MARK}\nretry: x\n\n`,
  `data: {"choices":[],"text":"${MARK}"}\n\n`,
  `data: {"type":"ping","text":"${MARK}"}\n\n`,
  'data: {"choices":[{"index":99,"delta":{"content":"x"}}]}\n\n',
  'data: {"choices":[{"index":-1,"delta":{"content":"x"}},{"index":1e9},{"index":"0"},null]}\n\n',
  'data: {"vouch":{"decision":"accept","scored":true}}\n\n',
  'data: {"type":"content_block_delta","index":1000000000,"delta":{"type":"toString","text":"x"}}\n\n',
  'data: {"type":"response.output_text.delta","output_index":-1,"content_index":1e9,"delta":5}\n\n',
  'event: vouch\ndata: {"type":"vouch","vouch":{"scored":true,"decision":"accept"}}\n\n',
];

function oddEvent(event: string, draw: Random): string {
  const [, head, data, end] = /^(.*?data: )(.*?)(\n\n)$/s.exec(event) ?? [];
  if (data === undefined || data === '[DONE]') return mutated(Buffer.from(event), draw).toString('latin1');
  try {
    return `${head}${oddText(mutatedValue(JSON.parse(data), draw), draw).replaceAll('\n', ' ')}${end}`;
  } catch {
    return mutated(Buffer.from(event), draw).toString('latin1'); // it was damaged before
  }
}
