/** More items than this no answer has. */
const MOST = 10_000;

/** The place of an item in a list, as an event gives it; 0 where it gives none that makes sense. */
export function placeIn(value: unknown): number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < MOST ? Number(value) : 0;
}
