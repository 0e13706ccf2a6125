import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { bodyOf } from '../stored/body.js';
import { inputOf } from '../stored/input.js';
import { partOf, recordOf } from '../stored/record.js';
import { requestFailed } from '../stored/response.js';
import { timeOf } from '../stored/time.js';

/**
 * Calls of Weights & Biases Weave. Calls of a provider's library are answers; those of the program's own functions are
 * skipped.
 */
export const weave: LogFormat = {
  name: 'weave',
  title: 'W&B Weave calls',
  source:
    'https://docs.wandb.ai/weave/reference/service-api/calls-query-stream; integrations of the Python ' +
    'package weave 0.54.0',
  detect: (row) => (isCall(row) ? 'a call (op_name weave:///…, inputs, output)' : null),
  read: (row) => [callPart(row)],
  mapping: [
    ['id', 'id'],
    ['conversation', 'thread_id, else trace_id'],
    ['messages', 'inputs, as the provider’s library takes them'],
    ['answer', 'output, as the provider’s API has it; null for tool calls'],
    ['tokens', 'log-probabilities of output'],
    ['model', 'of output, else inputs.model'],
    ['decoding', 'of inputs'],
    ['time', 'started_at'],
  ],
  example:
    '{"id": "c1", "trace_id": "t1", "op_name": "weave:///team/project/op/openai.chat.completions.create:abc",' +
    ' "started_at": "2026-01-05T10:00:00Z", "inputs": {"model": "gpt-4o", "messages": [{"role": "user", ' +
    '"content": "Capital of Australia?"}]}, "output": {"id": "chatcmpl-1", "model": "gpt-4o-2024-11-20", ' +
    '"choices": [{"index": 0, "message": {"role": "assistant", "content": "Canberra"}, "finish_reason": ' +
    '"stop"}]}}',
};

/** Functions of providers' libraries that ask a model. Embeddings and moderations are not among them. */
const ASKS =
  /^(openai|anthropic|litellm|mistralai|groq|cohere|google|google_genai|vertexai|bedrock|ollama|together|cerebras)\b/i;
const OTHER = /(embed|moderation|rerank|image|transcri|speech)/i;

function isCall(row: Fields): boolean {
  return typeof row.op_name === 'string' && row.op_name.startsWith('weave:///') && 'inputs' in row && 'trace_id' in row;
}

function callPart(row: Fields): Part {
  const op = /\/op\/([^:/]+)/.exec(String(row.op_name))?.[1] ?? String(row.op_name);
  if (!ASKS.test(op) || OTHER.test(op)) return { passed: `a call of ${op}, not a model call` };
  return partOf(row, () => ({ record: recordIn(row) }));
}

function recordIn(row: Fields): Fields {
  if (typeof row.exception === 'string' && row.exception !== '')
    throw requestFailed(row.exception.split('\n')[0], 'exception');
  const body = row.output == null ? null : bodyOf(row.output);
  if (body === null) {
    throw new VouchError('BAD_RECORD', 'has no answer', {
      field: 'output',
      expected: 'a response of a provider’s API',
      got: isObject(row.output) ? Object.keys(row.output) : row.output,
    });
  }
  const { id: _, ...said } = body;
  const base = { id: row.id, conversation: row.thread_id ?? row.trace_id, time: timeOf(row.started_at) };
  return recordOf(base, inputOf(withoutSelf(objectOf(row.inputs) ?? {})), said);
}

/** The request without the client on which a method was called, and without arguments that were not given. */
function withoutSelf(inputs: Fields): Fields {
  const given = Object.entries(inputs).filter(
    ([key, value]) => key !== 'self' && !/^(<|NOT_GIVEN|weave:)/.test(String(value)),
  );
  return Object.fromEntries(given);
}
