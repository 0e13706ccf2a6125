import type { Api } from './api.js';
import { chat } from './chat.js';
import { completions } from './completions.js';
import { messages } from './messages.js';
import { responses } from './responses.js';

/** All APIs whose answers are scored. */
export const apis: readonly Api[] = [chat, completions, responses, messages];

/** The API of a path; undefined if its answers are not scored. */
export function apiOf(path: string): Api | undefined {
  return apis.find((api) => api.path.test(path));
}
