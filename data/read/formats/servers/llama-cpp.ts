import { finishOf } from '../../../finish.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { decodingOf } from '../openai/decoding.js';
import { answerTokens, type ListedToken, listedTokens, logOf } from '../parts/answer-tokens.js';
import { heldIn } from '../parts/held-in.js';

/** The key for the lines of one streamed answer, in the row into which they are joined. */
const JOINED = 'vouch:llama.cpp';
const MARKS = [
  'completion_probabilities',
  'generation_settings',
  'tokens_predicted',
  'stop_type',
  'stopped_eos',
  'id_slot',
  'slot_id',
];
const OWN = new Set([
  ...MARKS,
  ...['id', 'index', 'content', 'tokens', 'stop', 'model', 'prompt', 'tokens_evaluated', 'tokens_cached', 'truncated'],
  ...['has_new_line', 'stopping_word', 'stopped_limit', 'stopped_word', 'timings', 'multimodal', 'request', 'response'],
  ...['input', 'output', 'body', JOINED],
]);

/**
 * llama.cpp's own API: /completion, bare or with its request, as a whole or as the lines of its stream, of which the
 * last has `stop: true`. Probabilities come in two forms: `probs` with `tok_str` and `prob` (until 2024), and
 * `logprob`, `top_logprobs` or, after sampling, `prob`, `top_probs`.
 */
export const llamaCpp: LogFormat = {
  name: 'llama-cpp',
  title: 'llama.cpp server /completion',
  source: 'https://github.com/ggml-org/llama.cpp, tools/server/README.md and server.cpp (looked up 2026-11)',
  detect: (row) => {
    if (JOINED in row) return 'lines of one answer';
    const body = bodyIn(row);
    return body === null ? null : `content and ${MARKS.find((key) => key in body)}`;
  },
  read,
  pieceOf: (row) =>
    isBody(row) && typeof row.stop === 'boolean' ? `${row.id_slot ?? row.slot_id ?? ''} ${row.index ?? ''}` : null,
  isLast: (row) => row.stop === true,
  join: (pieces) => (pieces.length === 1 && pieces[0].stop === true ? pieces[0] : { [JOINED]: pieces }),
  mapping: [
    ['id, prompt, model', '`id`, `prompt` and `model` of the row, else of the request'],
    ['answer', '`content`; null if a stream has no line with `stop: true`'],
    ['tokens', '`completion_probabilities`'],
    ['finish', '`stop_type`, or `stopped_eos`, `stopped_word` and `stopped_limit`'],
    ['decoding', '`generation_settings`, else the request'],
  ],
  example:
    '{"index":0,"content":"Canberra","stop":true,"model":"gguf","tokens_predicted":2,"prompt":"Capital of ' +
    'Australia?","stop_type":"eos","completion_probabilities":[{"id":1,"token":"Can","bytes":[67,97,110],' +
    '"logprob":-0.1,"top_logprobs":[{"id":1,"token":"Can","bytes":[67,97,110],"logprob":-0.1}]},{"id":2,' +
    '"token":"berra","bytes":[98,101,114,114,97],"logprob":-0.01,"top_logprobs":[]}]}',
};

function isBody(value: Fields): boolean {
  return typeof value.content === 'string' && value.role === undefined && MARKS.some((key) => key in value);
}

function bodyIn(row: Fields): Fields | null {
  return [row, heldIn(row, 'response'), heldIn(row, 'output')].find((value) => value !== null && isBody(value)) ?? null;
}

function read(row: Fields): Part[] {
  const lines = Array.isArray(row[JOINED]) ? (row[JOINED] as Fields[]) : null;
  const body = lines === null ? (bodyIn(row) as Fields) : joined(lines);
  const request = heldIn(row, 'request') ?? heldIn(row, 'input') ?? heldIn(row, 'body') ?? {};
  const record: Fields = {};
  for (const key in row) if (!OWN.has(key) && row[key] != null) record[key] = row[key];
  if (row.id != null) record.id = String(row.id);
  const prompt = [request.prompt, row.prompt, body.prompt].find((value) => typeof value === 'string');
  if (prompt !== undefined) record.prompt = prompt;
  const model = [body.model, request.model].find((value) => typeof value === 'string' && value !== '');
  if (model !== undefined) record.model = model;
  const decoding = decodingOf(objectOf(body.generation_settings) ?? request);
  if (decoding !== undefined) record.decoding = decoding;
  if (body.stop === false) return [{ record: { ...record, answer: null, finish: 'error' } }];
  const answer = body.content as string;
  const finish = endOf(body);
  const tokens = answerTokens(listedIn(body.completion_probabilities), answer);
  const end = finish === undefined ? {} : { finish };
  return [{ record: { ...record, answer, ...end, ...(tokens === undefined ? {} : { tokens }) } }];
}

function endOf({
  stop_type: type,
  stopped_eos: eos,
  stopped_word: word,
  stopped_limit: limit,
}: Fields): string | undefined {
  if (typeof type === 'string' && type !== 'none') return finishOf(type);
  if (limit === true) return 'length';
  return eos === true || word === true ? 'stop' : undefined;
}

function listedIn(value: unknown): ListedToken[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.every((item) => Array.isArray(objectOf(item)?.probs)) ? value.map(olderToken) : listedTokens(value);
}

/**
 * A token in the form of servers until 2024: its text, and probabilities after sampling. Its own probability is one of
 * these.
 */
function olderToken(item: unknown): ListedToken {
  const { content, probs } = objectOf(item) as Fields;
  const top = (probs as unknown[]).map((other) => {
    const { tok_str: token, prob } = objectOf(other) ?? {};
    return { token, logprob: logOf(prob) };
  });
  return { token: String(content ?? ''), logprob: top.find(({ token }) => token === content)?.logprob, top };
}

/** Joins the lines of a stream into one body. */
function joined(lines: readonly Fields[]): Fields {
  return {
    ...(lines.at(-1) as Fields),
    content: lines.map(({ content }) => content).join(''),
    completion_probabilities: lines.flatMap(({ completion_probabilities: listed }) =>
      Array.isArray(listed) ? listed : [],
    ),
  };
}
