import { type Fields, objectOf } from '../../table/fields.js';

/** Last events of a stream of the Responses API. They contain the whole response. */
const LAST = new Set(['response.completed', 'response.incomplete', 'response.failed', 'response.cancelled', 'error']);

export function isLastEvent({ type }: Fields): boolean {
  return LAST.has(String(type));
}

/**
 * Joins the events of a stream into one response: the one in its last event. If that is missing, a failed response with
 * the items that were done by then. Source: openai-python 3.57, `ResponseStreamEvent`.
 */
export function joinEvents(events: readonly Fields[]): Fields {
  const last = events.find(isLastEvent);
  const known = events.map((event) => objectOf(event.response)).find((response) => response !== null) ?? {};
  const whole = objectOf(last?.response);
  const items = itemsIn(events);
  if (whole !== null) {
    const output = Array.isArray(whole.output) && whole.output.length > 0 ? whole.output : items;
    return { ...whole, object: 'response', output };
  }
  return { ...known, object: 'response', output: items, status: 'cancelled' };
}

/** The output items that the events contain, with the log-probabilities of their texts. */
function itemsIn(events: readonly Fields[]): unknown[] {
  const items: { index: number; item: Fields }[] = [];
  for (const event of events) {
    const item = event.type === 'response.output_item.done' ? objectOf(event.item) : null;
    if (item !== null) items.push({ index: Number(event.output_index ?? items.length), item });
  }
  return items.sort((a, b) => a.index - b.index).map(({ item }) => item);
}
