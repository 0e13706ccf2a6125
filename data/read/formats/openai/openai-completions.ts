import { createHash } from 'node:crypto';
import { VouchError } from '../../../../support/errors.js';
import { finishOf, leavesNoAnswer } from '../../../finish.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { Context, LogFormat, Part } from '../log-format.js';
import { answerTokens, listedTokens } from '../parts/answer-tokens.js';
import type { Reply } from '../parts/reply.js';
import { withoutEcho } from './echo.js';
import { exchangeOf } from './exchange.js';
import { failureOf, noAnswerIn } from './failure.js';
import { commonFields, requestFor } from './record-of.js';
import { withSamples } from './samples.js';

/**
 * The older completions: a text for a prompt. `echo` repeats the prompt before the text; that part and its tokens are
 * removed. A list of prompts gives one answer for each, with the ids ID/0, ID/1, …; with n choices per prompt, choice k
 * of prompt p has the index p·n + k.
 */
export const openaiCompletions: LogFormat = {
  name: 'openai-completions',
  title: 'OpenAI Completions (legacy), also of vLLM and llama.cpp',
  source:
    'https://platform.openai.com/docs/api-reference/completions/object, openai-python 3.57 and ' +
    'vllm/entrypoints/openai/completion/serving.py (looked up 2026-11)',
  detect: (row) => {
    const { kind, bare } = exchangeOf(row);
    if (kind !== 'completions') return null;
    return !bare ? 'a response with choices[].text' : isWhole(row) ? 'choices[].text' : null;
  },
  read,
  mapping: [
    [
      'id',
      "`custom_id`, else the row's `id` if the row has a request, else the response's `id`; with several " +
        'prompts ID/0, ID/1, …',
    ],
    ['prompt', '`prompt` of the request; none if it is a list of token ids; its hash is then the `group`'],
    ['answer', '`choices[].text`, without an echoed prompt'],
    [
      'tokens',
      "`logprobs.tokens`, `token_logprobs` and `top_logprobs`, or `logprobs.content`, without an echoed prompt's",
    ],
    ['samples', 'further choices of the same prompt'],
    ['finish', '`choices[].finish_reason`'],
    ['model, time', '`model` and `created` of the response'],
    ['decoding', '`temperature`, `top_p`, `max_tokens`, `seed`, `best_of` … of the request'],
  ],
  example:
    '{"id":"q1","request":{"model":"m","prompt":"Q: Capital of Australia?\\nA:","max_tokens":3,"logprobs":1},' +
    '"response":{"id":"cmpl-1","object":"text_completion","created":1764000000,"model":"m",' +
    '"choices":[{"index":0,"text":" Canberra","finish_reason":"stop","logprobs":{"tokens":[" Canberra"],' +
    '"token_logprobs":[-0.05],"top_logprobs":[{" Canberra":-0.05}],"text_offset":[27]}}]}}',
};

/**
 * Whether a bare response is complete and not a piece of a stream. Pieces have no choice, or one that is not finished.
 */
function isWhole({ choices }: Fields): boolean {
  const listed = (choices as unknown[]).map((choice) => objectOf(choice) ?? {});
  return listed.length > 0 && !listed.some((choice) => choice.finish_reason === null);
}

function read(row: Fields, { requests }: Context): Part[] {
  const exchange = exchangeOf(row);
  const failure = failureOf(row, exchange.holder, exchange.body);
  if (failure !== null) return [{ failed: failure, value: row }];
  const body = exchange.body as Fields;
  const request = requestFor(row, exchange, requests);
  const choices = (body.choices as unknown[]).map((choice) => objectOf(choice) ?? {});
  choices.sort((a, b) => Number(a.index ?? 0) - Number(b.index ?? 0));
  if (choices.length === 0) return [{ failed: noAnswerIn(row), value: row }];
  const common = commonFields(row, exchange, request);
  if (typeof request.suffix === 'string' && request.suffix !== '') common.suffix = request.suffix;
  const prompts = promptsOf(request.prompt);
  if (choices.length % prompts.length !== 0) return [{ failed: uneven(prompts.length, choices.length), value: row }];
  const n = choices.length / prompts.length;
  return prompts.map((prompt, p) => {
    const id = prompts.length === 1 || common.id === undefined ? {} : { id: `${common.id}/${p}` };
    const own = choices.slice(p * n, p * n + n);
    return partOf({ ...common, ...id, ...asked(prompt) }, { own, prompt, request, body, row });
  });
}

interface Answered {
  own: Fields[];
  prompt: unknown;
  request: Fields;
  body: Fields;
  row: Fields;
}

function partOf(record: Fields, { own, prompt, request, body, row }: Answered): Part {
  if (request.echo === true && request.max_tokens === 0) return { passed: 'prompts that were scored, not answered' };
  const replies: Reply[] = [];
  for (const choice of own) {
    const listed = listedTokens(choice.logprobs);
    const parted = withoutEcho(String(choice.text ?? ''), listed, {
      prompt,
      echo: request.echo === true,
      usage: objectOf(body.usage),
    });
    if (parted instanceof VouchError) return { failed: parted, value: row };
    const finish = finishOf(choice.finish_reason);
    if (leavesNoAnswer(finish)) replies.push({ answer: null, finish });
    else {
      const tokens = answerTokens(parted.listed, parted.answer, parted.more);
      const end = finish === undefined ? {} : { finish };
      replies.push({ answer: parted.answer, ...end, ...(tokens === undefined ? {} : { tokens }) });
    }
  }
  return { record: withSamples(record, replies, request) };
}

/** One prompt (a text, or a list of token ids), or several. */
function promptsOf(prompt: unknown): unknown[] {
  if (!Array.isArray(prompt) || prompt.length === 0 || typeof prompt[0] === 'number') return [prompt];
  return prompt;
}

/** A prompt of token ids cannot be read, but its hash shows which answers belong together. */
function asked(prompt: unknown): Fields {
  if (typeof prompt === 'string') return { prompt };
  if (!Array.isArray(prompt)) return {};
  return { group: `tokens:${createHash('sha256').update(prompt.join(',')).digest('hex').slice(0, 32)}` };
}

function uneven(prompts: number, choices: number): VouchError {
  return new VouchError('BAD_RECORD', 'has choices that cannot be assigned to their prompts', {
    field: 'choices',
    expected: `the same number for each of ${prompts} prompts`,
    got: choices,
  });
}
