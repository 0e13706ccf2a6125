import { VouchError } from '../../../../support/errors.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat } from '../log-format.js';
import { geminiBody, isResponse } from '../stored/gemini-body.js';
import { pairIn, responseKey, type Shape } from '../stored/pair.js';
import { recordOf } from '../stored/record.js';
import { requestFailed } from '../stored/response.js';
import { words } from '../stored/words.js';

/** Responses of the Gemini API and of Vertex AI: bare, with their requests, from batches, or as chunks of streams. */
export const gemini: LogFormat = {
  name: 'gemini',
  title: 'Gemini and Vertex AI',
  source:
    'https://ai.google.dev/api/generate-content and ' +
    'https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/batch-prediction-api; types of ' +
    'the Python package google-genai 3.6.1',
  detect,
  read: (row) => [{ record: recordIn(row) }],
  pieceOf: (row) => (isChunkRow(row) ? `response ${String(row.responseId ?? row.response_id)}` : null),
  isLast: (row) => endIn(row) !== undefined,
  join: (pieces) => (pieces.length === 1 ? pieces[0] : { ...beside(pieces), response: pieces }),
  mapping: [
    ['id', 'id or key next to the response, else responseId'],
    ['messages', 'request.systemInstruction, request.contents'],
    [
      'answer',
      'texts of candidates[0].content.parts; null for functionCall, for finish reasons such as SAFETY, and ' +
        'for a blocked prompt',
    ],
    ['reasoning', 'parts with thought: true'],
    [
      'finish',
      'candidates[0].finishReason: STOP becomes stop, MAX_TOKENS becomes length, SAFETY and similar ones ' +
        'become content_filter',
    ],
    ['tokens', 'candidates[0].logprobsResult: chosenCandidates, with topCandidates as alternatives'],
    ['samples', 'the other candidates'],
    ['avgLogprobs', 'candidates[0].avgLogprobs, kept if no tokens are listed'],
    ['model', 'modelVersion'],
    ['decoding', 'temperature, topP, topK, maxOutputTokens, seed of request.generationConfig'],
  ],
  example: [
    '{"request": {"contents": [{"role": "user", "parts": [{"text": "Capital of Australia?"}]}]}, "response": ' +
      '{"candidates": [{"content": {"role": "model", "parts": [{"text": "Canberra"}]}, "finishReason": "STOP", ' +
      '"logprobsResult": {"chosenCandidates": [{"token": "Canberra", "logProbability": -0.02}], ' +
      '"topCandidates": [{"candidates": [{"token": "Canberra", "logProbability": -0.02}, {"token": "Sydney", ' +
      '"logProbability": -4.1}]}]}}], "modelVersion": "gemini-2.5-flash"}, "status": ""}',
    '{"prompt": "Capital of Peru?", "candidates": [{"content": {"role": "model", "parts": [{"text": ' +
      '"Lima"}]}, "finishReason": "STOP", "avgLogprobs": -0.01}], "modelVersion": "gemini-2.5-flash"}',
  ].join('\n'),
};

/** The id of a response is `responseId`, so `id` is the user's. */
const SHAPE: Shape = {
  is: isAnswer,
  marks: ['candidates', 'promptFeedback', 'prompt_feedback', 'usageMetadata', 'usage_metadata'],
  own: words(`
  candidates promptFeedback prompt_feedback usageMetadata usage_metadata modelVersion model_version responseId
  response_id createTime create_time automatic_function_calling_history sdkHttpResponse sdk_http_response parsed
  modelStatus
`),
};
/** Keys of a batch's rows. `status` is empty if the request succeeded. */
const BATCH = ['status', 'processed_time', 'processedTime'];

function detect(row: Fields): string | null {
  const key = responseKey(row, SHAPE);
  if (key !== null) return key === '' ? 'candidates[].content.parts' : `${key}.candidates[].content.parts`;
  return isFailedBatch(row) ? 'request.contents of a Vertex batch, with a status' : null;
}

/** A response, or the list of a stream's responses. */
function isAnswer(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(isResponse) : isResponse(value);
}

/** A row of a batch whose request failed: the response is empty, and the status or error says why. */
function isFailedBatch(row: Fields): boolean {
  const asks = Array.isArray(objectOf(row.request)?.contents);
  const failed =
    (typeof row.status === 'string' && row.status !== '') || row.error != null || objectOf(row.status) !== null;
  return failed && (asks || (typeof row.key === 'string' && Object.keys(row).length === 2));
}

function recordIn(row: Fields): Fields {
  const { status } = row;
  if (responseKey(row, SHAPE) === null) {
    const reason = objectOf(status)?.message ?? objectOf(row.error)?.message ?? row.error ?? status;
    throw requestFailed(
      typeof reason === 'string' ? reason : 'no reason given',
      row.error == null ? 'status' : 'error',
    );
  }
  const { asked, response, base, rest } = pairIn(row, SHAPE);
  const body = geminiBody(response);
  if (body === null)
    throw new VouchError('BAD_RECORD', 'has no answer', { field: 'candidates', got: Object.keys(row) });
  for (const key of BATCH) delete rest[key];
  return { ...rest, ...recordOf(base, asked, body) };
}

/** A bare response with an id: it may be one of several chunks. */
function isChunkRow(row: Fields): boolean {
  return typeof (row.responseId ?? row.response_id) === 'string' && responseKey(row, SHAPE) === '';
}

function endIn(row: Fields): unknown {
  const candidate = objectOf(Array.isArray(row.candidates) ? row.candidates[0] : null);
  const end = candidate?.finishReason ?? candidate?.finish_reason;
  return end == null || end === 'FINISH_REASON_UNSPECIFIED' ? objectOf(row.promptFeedback)?.blockReason : end;
}

/** Keys that the user added to the chunks. */
function beside(pieces: Fields[]): Fields {
  return Object.fromEntries(Object.entries(pieces[0]).filter(([key]) => !SHAPE.own.includes(key)));
}
