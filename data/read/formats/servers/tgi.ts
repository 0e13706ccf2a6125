import { finishOf } from '../../../finish.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { decodingOf } from '../openai/decoding.js';
import { withSamples } from '../openai/samples.js';
import { answerTokens, type ListedToken } from '../parts/answer-tokens.js';
import { heldIn } from '../parts/held-in.js';
import type { Reply } from '../parts/reply.js';

const OWN = new Set([
  'id',
  'generated_text',
  'details',
  'inputs',
  'parameters',
  'request',
  'response',
  'input',
  'output',
  'stream',
]);

/**
 * Text Generation Inference: /generate, bare or with its request, also as the list with one entry that Hugging Face's
 * endpoints return.
 */
export const tgi: LogFormat = {
  name: 'tgi',
  title: 'Hugging Face TGI /generate',
  source:
    'https://github.com/huggingface/text-generation-inference, docs/openapi.json, GenerateResponse (looked up 2026-11)',
  detect: (row) => (bodyIn(row) === null ? null : 'generated_text and details'),
  read,
  mapping: [
    ['id', '`id` of the row'],
    ['prompt', '`inputs` of the request or the row'],
    ['answer', '`generated_text`, without `inputs` before it (`return_full_text`)'],
    ['tokens', '`details.tokens` that are not special, with `details.top_tokens`'],
    ['samples', '`details.best_of_sequences`'],
    ['finish', '`details.finish_reason`'],
    ['decoding', '`parameters`'],
  ],
  example:
    '{"id":"q1","inputs":"Capital of Australia?","parameters":{"details":true,"top_n_tokens":1},' +
    '"generated_text":"Canberra","details":{"finish_reason":"eos_token","generated_tokens":2,"seed":null,' +
    '"prefill":[],"tokens":[{"id":5,"text":"Canberra","logprob":-0.1,"special":false},{"id":2,"text":"</s>",' +
    '"logprob":-0.01,"special":true}],"top_tokens":[[{"id":5,"text":"Canberra","logprob":-0.1,' +
    '"special":false}],[{"id":2,"text":"</s>","logprob":-0.01,"special":true}]]}}',
};

function isBody(value: Fields | null, row: Fields): value is Fields {
  if (typeof value?.generated_text !== 'string') return false;
  const details = objectOf(value.details);
  return details === null
    ? typeof row.inputs === 'string' || heldIn(row, 'request')?.inputs !== undefined
    : 'finish_reason' in details || Array.isArray(details.tokens);
}

function bodyIn(row: Fields): Fields | null {
  const named = ['response', 'output'].map((key) =>
    Array.isArray(row[key]) ? objectOf(row[key][0]) : heldIn(row, key),
  );
  const held = [row, ...named];
  return held.find((value) => isBody(value, row)) ?? null;
}

function read(row: Fields): Part[] {
  const body = bodyIn(row) as Fields;
  const request = heldIn(row, 'request') ?? heldIn(row, 'input') ?? row;
  const record: Fields = {};
  for (const key in row) if (!OWN.has(key) && row[key] != null) record[key] = row[key];
  if (row.id != null) record.id = String(row.id);
  if (typeof request.inputs === 'string') record.prompt = request.inputs;
  const settings = objectOf(request.parameters) ?? {};
  const { max_new_tokens: most, ...rest } = settings;
  const decoding = decodingOf(most == null ? rest : { ...rest, max_tokens: most });
  if (decoding !== undefined) record.decoding = decoding;
  const details = objectOf(body.details) ?? {};
  const others = Array.isArray(details.best_of_sequences) ? details.best_of_sequences : [];
  const replies = [
    replyIn(body.generated_text as string, details, request.inputs, settings.return_full_text === true),
    ...others.map((other) => {
      const sequence = objectOf(other) ?? {};
      return replyIn(String(sequence.generated_text ?? ''), sequence, request.inputs, false);
    }),
  ];
  return [{ record: withSamples(record, replies, settings) }];
}

function replyIn(text: string, details: Fields, inputs: unknown, full: boolean): Reply {
  const listed = listedIn(details);
  const said = listed?.map(({ token }) => token).join('');
  const prompted = typeof inputs === 'string' && inputs !== '' && text.startsWith(inputs);
  const cut = prompted && (full || text.slice(inputs.length) === said);
  const answer = cut ? text.slice(inputs.length) : text;
  const finish = finishOf(details.finish_reason);
  const tokens = answerTokens(listed, answer);
  return { answer, ...(finish === undefined ? {} : { finish }), ...(tokens === undefined ? {} : { tokens }) };
}

function listedIn({ tokens, top_tokens: tops }: Fields): ListedToken[] | undefined {
  if (!Array.isArray(tokens)) return undefined;
  return tokens.flatMap((item: unknown, i) => {
    const { text, logprob, special } = objectOf(item) ?? {};
    const others: unknown[] = Array.isArray(tops) && Array.isArray(tops[i]) ? tops[i] : [];
    const top = others.map((other) => ({ token: objectOf(other)?.text, logprob: objectOf(other)?.logprob }));
    return special === true ? [] : [{ token: String(text ?? ''), logprob, top }];
  });
}
