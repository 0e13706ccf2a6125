import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat } from '../log-format.js';
import { bodyOf } from '../stored/body.js';
import { messageIn } from '../stored/converse-body.js';
import { inputOf } from '../stored/input.js';
import { fromJsonText } from '../stored/json-text.js';
import { pairIn, responseKey, type Shape } from '../stored/pair.js';
import { present, recordOf, restOf } from '../stored/record.js';
import { requestFailed } from '../stored/response.js';
import { timeOf } from '../stored/time.js';
import { words } from '../stored/words.js';

/**
 * Amazon Bedrock: responses of the Converse API with their requests, batch inference, and the log of model invocations.
 */
export const bedrock: LogFormat = {
  name: 'bedrock',
  title: 'Amazon Bedrock',
  source:
    'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html and ' +
    'https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html, ' +
    '…/batch-inference-results.html, …/model-parameters.html (2026-11)',
  detect(row) {
    if (row.schemaType === 'ModelInvocationLog') return 'schemaType: ModelInvocationLog';
    if (isBatch(row)) return 'recordId, modelInput and modelOutput of a batch';
    const key = responseKey(row, CONVERSE);
    if (key === null) return null;
    return key === '' ? 'output.message and stopReason' : `${key}.output.message and stopReason`;
  },
  read(row) {
    if (row.schemaType === 'ModelInvocationLog') {
      if (/Embed/i.test(String(row.modelId))) return [{ passed: 'an embedding, not an answer' }];
      return [{ record: invocation(row) }];
    }
    if (isBatch(row) && row.modelOutput == null) throw batchFailed(row);
    const { asked, response, base, rest } = pairIn(row, isBatch(row) ? BATCH : CONVERSE);
    const body = bodyOf(response);
    if (body === null) throw nothing(row, 'output');
    return [{ record: { ...rest, ...recordOf(base, asked, body) } }];
  },
  mapping: [
    ['id', 'id next to request and response; recordId of a batch; requestId of the invocation log'],
    ['messages', 'request.system, request.messages; modelInput of a batch; input.inputBodyJson of the invocation log'],
    [
      'answer',
      'texts of output.message.content; null for toolUse and for stopReason content_filtered, guardrail_intervened',
    ],
    ['reasoning', 'reasoningContent blocks'],
    ['finish', 'stopReason'],
    ['model', 'request.modelId; modelId of the invocation log'],
    ['time', 'timestamp of the invocation log'],
    ['decoding', 'request.inferenceConfig'],
  ],
  example: [
    '{"id": "r1", "request": {"modelId": "amazon.nova-lite-v1:0", "messages": [{"role": "user", "content": ' +
      '[{"text": "Capital of Australia?"}]}]}, "response": {"output": {"message": {"role": "assistant", ' +
      '"content": [{"text": "Canberra"}]}}, "stopReason": "end_turn"}}',
    '{"schemaType": "ModelInvocationLog", "schemaVersion": "1.0", "timestamp": "2026-01-05T10:00:00Z", ' +
      '"requestId": "r2", "operation": "Converse", "modelId": "amazon.nova-lite-v1:0", "input": ' +
      '{"inputBodyJson": {"messages": [{"role": "user", "content": [{"text": "Capital of Peru?"}]}]}}, ' +
      '"output": {"outputBodyJson": {"output": {"message": {"role": "assistant", "content": [{"text": ' +
      '"Lima"}]}}, "stopReason": "end_turn"}}}',
  ].join('\n'),
};

const CONVERSE: Shape = {
  is: isConverse,
  marks: ['stopReason'],
  own: ['output', 'stopReason', 'usage', 'metrics', 'additionalModelResponseFields', 'trace', 'ResponseMetadata'],
};
/** The `modelOutput` of a batch contains the response of any model. */
const BATCH: Shape = { is: isObject, marks: ['{'], own: [] };
/** Keys of a line of the invocation log. */
const LOG = new Set(
  words(`
  schemaType schemaVersion timestamp accountId identity region requestId operation modelId input output errorCode
  inferenceRegion
  `),
);

function isConverse(value: unknown): boolean {
  const response = objectOf(value);
  return response !== null && messageIn(response) !== null;
}

/** A line of batch inference; the bodies have the form of the model's own API. */
function isBatch(row: Fields): boolean {
  return isObject(row.modelInput) && typeof row.recordId === 'string' && ('modelOutput' in row || 'error' in row);
}

function batchFailed(row: Fields): VouchError {
  const error = objectOf(row.error) ?? {};
  return requestFailed(String(error.errorMessage ?? error.errorCode ?? 'no reason given'));
}

/** One line of the invocation log; the bodies have the form of the model's own API, or of Converse. */
function invocation(row: Fields): Fields {
  if (row.errorCode != null) throw requestFailed(String(row.errorCode), 'errorCode');
  const input = objectOf(row.input) ?? {};
  const output = objectOf(row.output) ?? {};
  const stored = fromJsonText(output.outputBodyJson);
  if (stored == null) throw elsewhere(output);
  const body = bodyOf(stored);
  if (body === null) throw nothing(row, 'output.outputBodyJson');
  const { id: _, ...said } = body;
  const base = present({ id: row.requestId, model: row.modelId, time: timeOf(row.timestamp) });
  return { ...restOf(row, LOG), ...recordOf(base, inputOf(input.inputBodyJson), said) };
}

function elsewhere(output: Fields): VouchError {
  const path = output.outputBodyS3Path;
  return new VouchError(
    'BAD_RECORD',
    path == null ? 'the log contains no body' : 'the body of the response is stored elsewhere',
    {
      field: 'output.outputBodyJson',
      expected: 'the response',
      got: path ?? Object.keys(output),
      hint:
        path == null
          ? 'Turn on text data in the settings of model invocation logging.'
          : 'Put the content of that file in its place.',
    },
  );
}

function nothing(row: Fields, field: string): VouchError {
  return new VouchError('BAD_RECORD', 'has no answer', {
    field,
    expected: 'a response of Converse, or of the model’s own API',
    got: objectOf(objectOf(row.output)?.outputBodyJson) ?? Object.keys(row),
  });
}
