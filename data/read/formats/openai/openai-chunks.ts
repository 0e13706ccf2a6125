import { type Fields, objectOf } from '../../table/fields.js';
import type { Context, LogFormat, Part } from '../log-format.js';
import { joinChunks } from './chunks.js';
import { isLastEvent, joinEvents } from './events.js';
import { exchangeOf } from './exchange.js';
import { isChunk, isEvent } from './kind.js';
import { openaiChat } from './openai-chat.js';
import { openaiCompletions } from './openai-completions.js';
import { openaiResponses } from './openai-responses.js';

/** The key for the pieces of one answer, in the row into which they are joined. */
const JOINED = 'vouch:chunks';

/**
 * Streams whose chunks or events are stored one per row. They are joined by id, also if several streams are mixed. A
 * stream without its last chunk was cut off and is not an answer (`finish: error`), whatever text came before. The same
 * holds for a stream with an error event.
 */
export const openaiChunks: LogFormat = {
  name: 'openai-chunks',
  title: 'OpenAI stream chunks (chat, completions, responses), one per row',
  source:
    'https://platform.openai.com/docs/api-reference/chat-streaming, …/responses-streaming and openai-python ' +
    '3.57 (looked up 2026-11)',
  detect: (row) => {
    if (JOINED in row) return 'chunks of one answer';
    if (!isPiece(row)) return null;
    return isEvent(row) ? 'type: response.…' : 'choices[].delta';
  },
  read,
  pieceOf: keyOf,
  isLast,
  join: (pieces) =>
    pieces.length === 1 && isLast(pieces[0]) && !isChunk(pieces[0]) ? pieces[0] : { [JOINED]: pieces },
  mapping: [
    ['id, model, time', 'the first `id`, `model` and `created` that are not empty'],
    [
      'answer, reasoning, tokens, finish',
      'the deltas of choice 0 in order, read like a complete response; null if the stream has no end',
    ],
  ],
  example: [
    '{"id":"c1","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,' +
      '"delta":{"role":"assistant","content":"Can"},"logprobs":null,"finish_reason":null}]}',
    '{"id":"c1","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,' +
      '"delta":{"content":"berra"},"logprobs":null,"finish_reason":null}]}',
    '{"id":"c1","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,' +
      '"delta":{},"logprobs":null,"finish_reason":"stop"}]}',
  ].join('\n'),
};

function choicesIn({ choices }: Fields): Fields[] {
  return Array.isArray(choices) ? choices.map((choice) => objectOf(choice) ?? {}) : [];
}

/** Whether a row is a piece of a stream and nothing else. */
function isPiece(row: Fields): boolean {
  if (isEvent(row)) return true;
  return (isChunk(row) || isTextChunk(row) || isEmptyChunk(row)) && isAlone(row);
}

function isAlone(row: Fields): boolean {
  const { kind, bare, request } = exchangeOf(row);
  return request === null && (kind === null || bare) && !('prompt' in row);
}

/** The last piece of a completion's stream looks like a complete completion; then it is a stream of one piece. */
function isTextChunk(row: Fields): boolean {
  return row.object === 'text_completion' && Array.isArray(row.choices) && row.choices.length > 0;
}

/** A chunk without a part of the answer: results of Azure's filter for the prompt or the text, or the usage. */
function isEmptyChunk(row: Fields): boolean {
  if (!Array.isArray(row.choices) || (row.object !== '' && row.object !== 'text_completion')) return false;
  return choicesIn(row).every((choice) => !('message' in choice || 'text' in choice || 'delta' in choice));
}

function isLast(row: Fields): boolean {
  return isLastEvent(row) || choicesIn(row).some((choice) => isFirst(choice) && choice.finish_reason != null);
}

function isFirst({ index }: Fields): boolean {
  return Number(index ?? 0) === 0;
}

/** Only choice 0 is read: if a stream has several, each ends separately, and no chunk says how many there are. */
function keyOf(row: Fields): string | null {
  if (isEvent(row)) return 'responses';
  if (!isPiece(row)) return null;
  const first = choicesIn(row).find(isFirst);
  const says =
    first !== undefined &&
    (typeof first.text === 'string' || objectOf(first.delta) !== null || first.finish_reason != null);
  return says ? `${typeof row.id === 'string' ? row.id : ''}` : null;
}

function read(row: Fields, context: Context): Part[] {
  if (!(JOINED in row)) {
    if (choicesIn(row).some((choice) => !isFirst(choice))) return [{ passed: 'further choices of a stream' }];
    return keyOf(row) === null ? [{ passed: 'chunks without text' }] : read({ [JOINED]: [row] }, context);
  }
  const pieces = row[JOINED] as Fields[];
  if (pieces.some(isEvent)) return openaiResponses.read(joinEvents(pieces), context);
  const body = joinChunks(pieces, false);
  const format = body.object === 'text_completion' ? openaiCompletions : openaiChat;
  return format.read(body, context);
}
