/** For each fold the places of its rows and of all others, ascending; `fold[i]` in 0…k−1. */
export function foldPlaces(fold: Int32Array): { inside: Int32Array; held: Int32Array }[] {
  return Array.from({ length: Math.max(...fold) + 1 }, (_, k) => ({
    inside: Int32Array.from(fold.keys()).filter((i) => fold[i] !== k),
    held: Int32Array.from(fold.keys()).filter((i) => fold[i] === k),
  }));
}
