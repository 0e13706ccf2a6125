import type { Fields } from '../../../data/check-value.js';
import type { Api } from '../apis/api.js';

/** The largest answer that is scored. A larger answer is unscored and passes (or is replaced under --strict). */
export interface Limits {
  /** Choices of a response. */
  choices: number;
  /** Tokens with log-probabilities, in all choices together. An answer may have 16 times as many characters. */
  tokens: number;
  /** Bytes of one event of a stream. */
  event: number;
  /** Events of a stream. */
  events: number;
}

/** Output items or content blocks per allowed choice; characters per allowed token. */
const ITEMS = 8;
const CHARACTERS = 16;

/** Why a response is too large to be scored; null if it is not. */
export function tooLarge(api: Api, response: Fields, limits: Limits): string | null {
  const { choices, items, tokens } = api.sizeOf(response);
  if (choices > limits.choices) return `more than ${limits.choices} choices`;
  if (items > ITEMS * limits.choices) return `more than ${ITEMS * limits.choices} items`;
  return tokens > limits.tokens ? `more than ${limits.tokens} tokens` : null;
}

/** The same for the text of one answer. */
export function tooLong(answer: unknown, { tokens }: Limits): string | null {
  const most = CHARACTERS * tokens;
  return typeof answer === 'string' && answer.length > most ? `more than ${most} characters` : null;
}
