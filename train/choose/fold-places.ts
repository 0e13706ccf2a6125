/** For each fold that has rows, ascending: the places of its rows and of all others, ascending; `fold[i]` ≥ 0. */
export function foldPlaces(fold: Int32Array): { inside: Int32Array; heldOut: Int32Array }[] {
  return foldsIn(fold).map((k) => ({
    inside: Int32Array.from(fold.keys()).filter((i) => fold[i] !== k),
    heldOut: Int32Array.from(fold.keys()).filter((i) => fold[i] === k),
  }));
}

/** The folds that have rows, ascending. */
export function foldsIn(fold: Int32Array): number[] {
  return [...new Set(fold)].sort((a, b) => a - b);
}
