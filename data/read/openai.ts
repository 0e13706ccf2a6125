import { VouchError } from '../../support/errors.js';
import { type Fields, objectOf } from './fields.js';
import type { Requests } from './formats/openai/batch-request.js';
import { openaiChat } from './formats/openai-chat.js';
import { openaiChunks } from './formats/openai-chunks.js';
import { openaiCompletions } from './formats/openai-completions.js';
import { openaiResponses } from './formats/openai-responses.js';

export { type Requests, requestOf } from './formats/openai/batch-request.js';

const FAMILY = [openaiResponses, openaiCompletions, openaiChunks, openaiChat];

function formatOf(row: Fields) {
  return FAMILY.find((format) => format.detect(row) !== null);
}

/** Whether a JSON line is one of an OpenAI log rather than a canonical record. */
export function isOpenAi(value: unknown): boolean {
  const row = objectOf(value);
  return row !== null && typeof row.answer !== 'string' && formatOf(row) !== undefined;
}

/**
 * One line of an OpenAI log as an object of canonical fields, still to be checked; of several answers the first. A canonical
 * record among them stays as it is. Errors: BAD_RECORD where the request failed or nothing was answered.
 */
export function fromOpenAi(value: unknown, requests: Requests, file: string, line: number): Fields {
  const row = objectOf(value);
  const place = { file, line };
  if (row === null)
    throw new VouchError('BAD_RECORD', 'is not a log line', { ...place, expected: 'an object', got: value });
  if (typeof row.answer === 'string') return row;
  const [part] = (formatOf(row) ?? openaiChat).read(row, { requests });
  if (part !== undefined && 'record' in part) return part.record;
  if (part !== undefined && 'failed' in part) throw part.failed.at(file, line);
  throw new VouchError('BAD_RECORD', 'holds no answer', { ...place, got: Object.keys(row) });
}
