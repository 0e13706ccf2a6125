/**
 * Fleiss' kappa of any number of raters: κ = (P − Pe) / (1 − Pe), with the mean share P of agreeing pairs of raters of
 * an item, and Pe = Σ p_j² from the shares p_j of the classes. `counts[item · classes + class]` is the number of raters
 * (`countsOf`). Items with fewer than two raters do not count. In the paper each item has as many raters; with unequal
 * numbers every item counts the same in P, and every rating in p_j. NaN if there is only one class. Source: Fleiss 1971,
 * eq. 1 to 7.
 */
export function fleissKappa(counts: ArrayLike<number>, classes: number): number {
  const perClass = new Float64Array(classes);
  let agreeing = 0;
  let items = 0;
  let ratings = 0;
  for (let from = 0; from < counts.length; from += classes) {
    let raters = 0;
    let pairs = 0;
    for (let j = 0; j < classes; j++) {
      raters += counts[from + j];
      pairs += counts[from + j] * (counts[from + j] - 1);
    }
    if (raters < 2) continue;
    for (let j = 0; j < classes; j++) perClass[j] += counts[from + j];
    agreeing += pairs / (raters * (raters - 1));
    items++;
    ratings += raters;
  }
  let chance = 0;
  for (const count of perClass) chance += (count / ratings) ** 2;
  return (agreeing / items - chance) / (1 - chance);
}
