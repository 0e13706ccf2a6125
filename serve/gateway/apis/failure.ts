import { type Fields, isObject } from '../../../data/check-value.js';
import { parsed, type ServerEvent } from '../wire/events.js';

/**
 * Whether JSON reports a failure: `{error: …}` (OpenAI and most others), `{object: "error"}` (vLLM), `{type: "error"}`
 * (Anthropic, Responses).
 */
export function tellsOfFailure(value: Fields): boolean {
  return (value.error != null && value.error !== '') || value.object === 'error' || value.type === 'error';
}

/** Whether an event reports a failure, by its name or in its data. */
export function isFailure(event: ServerEvent): boolean {
  const data = parsed(event);
  return event.name === 'error' || (isObject(data) && tellsOfFailure(data));
}
