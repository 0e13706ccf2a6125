/**
 * Krippendorff's alpha of any number of raters, with missing ratings: α = 1 − D_o / D_e, the observed disagreement over
 * the one expected by chance, from the coincidences of values within items. `counts[item · classes + class]` is the
 * number of raters (`countsOf`); items with fewer than two do not count. `nominal`: all disagreements count the same;
 * `interval`: by the square of the distance between class numbers. NaN if there is only one class. Source: Krippendorff
 * 2011, "Computing Krippendorff's Alpha-Reliability", sec. C and D.
 */
export function krippendorffAlpha(
  counts: ArrayLike<number>,
  classes: number,
  level: 'nominal' | 'interval' = 'nominal',
): number {
  const perClass = new Float64Array(classes);
  let observed = 0;
  let ratings = 0;
  const distance = (c: number, k: number) => (level === 'nominal' ? Number(c !== k) : (c - k) ** 2);
  for (let from = 0; from < counts.length; from += classes) {
    let raters = 0;
    for (let j = 0; j < classes; j++) raters += counts[from + j];
    if (raters < 2) continue;
    for (let c = 0; c < classes; c++) {
      perClass[c] += counts[from + c];
      for (let k = 0; k < classes; k++) {
        if (c !== k) observed += (counts[from + c] * counts[from + k] * distance(c, k)) / (raters - 1);
      }
    }
    ratings += raters;
  }
  let expected = 0;
  for (let c = 0; c < classes; c++)
    for (let k = 0; k < classes; k++) expected += perClass[c] * perClass[k] * distance(c, k);
  return 1 - ((ratings - 1) * observed) / expected;
}
