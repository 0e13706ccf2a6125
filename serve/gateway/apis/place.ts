/** No answer has more items than this. */
const MOST = 10_000;

/** The index of an item in a list, as an event gives it; 0 if the event gives no valid index. */
export function placeIn(value: unknown): number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < MOST ? Number(value) : 0;
}
