import { finishOf, leavesNoAnswer } from '../../../finish.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { decodingOf } from '../openai/decoding.js';
import { withSamples } from '../openai/samples.js';
import { answerTokens } from '../parts/answer-tokens.js';
import { turnsOf } from '../parts/messages.js';
import type { Reply } from '../parts/reply.js';
import { areSteps, chosenTokens } from './vllm-steps.js';

/** Common names for the text in a flat row. */
const TEXT = ['answer', 'text', 'output', 'generated_text', 'completion', 'response', 'generation'] as const;
const OWN = new Set<string>([
  ...[
    'id',
    'request_id',
    'prompt',
    'messages',
    'prompt_token_ids',
    'prompt_logprobs',
    'outputs',
    'finished',
    'metrics',
  ],
  ...[
    'lora_request',
    'encoder_prompt',
    'encoder_prompt_token_ids',
    'num_cached_tokens',
    'kv_transfer_params',
    'logprobs',
  ],
  ...['token_ids', 'cumulative_logprob', 'finish_reason', 'stop_reason', 'index', 'sampling_params', 'routed_experts'],
]);

/**
 * The result of `vllm.LLM.generate` and `chat`, written as JSON: whole requests with their outputs, or one output per
 * row.
 */
export const vllmOffline: LogFormat = {
  name: 'vllm-offline',
  title: 'vLLM offline (RequestOutput)',
  source: 'https://github.com/vllm-project/vllm, vllm/outputs.py and vllm/logprobs.py (looked up 2026-11)',
  besideAnswer: true,
  detect: (row) => {
    if (outputsIn(row) !== null) return 'outputs[].token_ids';
    return areSteps(row.logprobs) && textKey(row) !== undefined ? 'logprobs[].<token id>.logprob' : null;
  },
  read,
  mapping: [
    ['id', '`id`, else `request_id`'],
    ['prompt, messages', '`prompt`, `messages`'],
    ['answer', '`outputs[0].text`, or `answer`, `text`, `output`, `generated_text` … of a flat row'],
    ['tokens', '`logprobs`: the entry of `token_ids`, else those that spell the answer, by `decoded_token`'],
    ['samples', '`outputs[1…]`'],
    ['finish', '`finish_reason`'],
    ['decoding', '`sampling_params`'],
  ],
  example:
    '{"request_id":"0","prompt":"Capital of Australia?","prompt_token_ids":[5],"outputs":[{"index":0,' +
    '"text":"Canberra","token_ids":[123,456],"cumulative_logprob":-0.03,"logprobs":[{"123":{"logprob":-0.01,' +
    '"rank":1,"decoded_token":"Can"},"9":{"logprob":-4.1,"rank":2,"decoded_token":"Syd"}},' +
    '{"456":{"logprob":-0.02,"rank":1,"decoded_token":"berra"}}],"finish_reason":"stop","stop_reason":null}],' +
    '"finished":true}',
};

function outputsIn({ outputs }: Fields): Fields[] | null {
  if (!Array.isArray(outputs) || outputs.length === 0) return null;
  const listed = outputs.map((output) => objectOf(output) ?? {});
  const are = listed.every(
    (output) => typeof output.text === 'string' && ('token_ids' in output || areSteps(output.logprobs)),
  );
  return are ? listed : null;
}

function textKey(row: Fields): string | undefined {
  return TEXT.find((key) => typeof row[key] === 'string');
}

function read(row: Fields): Part[] {
  const outputs = outputsIn(row);
  const key = outputs === null ? textKey(row) : undefined;
  const record: Fields = {};
  for (const name in row) if (!OWN.has(name) && name !== key && row[name] != null) record[name] = row[name];
  const id = row.id ?? row.request_id;
  if (id != null) record.id = String(id);
  const turns = turnsOf(row.messages);
  if (turns !== null) record.messages = turns;
  if (typeof row.prompt === 'string') record.prompt = row.prompt;
  const settings = objectOf(row.sampling_params);
  const decoding = settings === null ? undefined : decodingOf(settings);
  if (decoding !== undefined) record.decoding = decoding;
  const replies = (outputs ?? [{ ...row, text: row[key as string] }]).map(replyIn);
  return [{ record: withSamples(record, replies, settings ?? {}) }];
}

function replyIn({ text, logprobs, token_ids: ids, finish_reason: reason, finish }: Fields): Reply {
  const end = finishOf(reason ?? finish);
  if (leavesNoAnswer(end)) return { answer: null, finish: end };
  const answer = text as string;
  const listed = areSteps(logprobs) ? chosenTokens(logprobs, answer, ids) : undefined;
  const tokens = answerTokens(listed, answer);
  return { answer, ...(end === undefined ? {} : { finish: end }), ...(tokens === undefined ? {} : { tokens }) };
}
