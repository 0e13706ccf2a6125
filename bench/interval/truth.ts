/** The minimal number of rows in a neighbourhood, and their share of the rows of the cell. */
const NEAR = 60;
const SHARE = 0.05;

/**
 * For each row, the share of right answers among answers of its cell with nearly its score. It fits a straight line (so
 * that a slope causes no error) to the known probabilities of the rows nearest in score, and evaluates it at the row's
 * score. Cost: n·window.
 */
export function truthNear(score: Float64Array, chance: Float64Array, cell: readonly string[] | null): Float64Array {
  const truth = new Float64Array(score.length);
  const members = new Map<string, number[]>();
  score.forEach((_, i) => {
    const of = cell === null ? '' : cell[i];
    const list = members.get(of);
    if (list === undefined) members.set(of, [i]);
    else list.push(i);
  });
  for (const list of members.values()) {
    list.sort((a, b) => score[a] - score[b]);
    const size = Math.min(list.length, Math.max(NEAR, Math.round(SHARE * list.length)));
    let from = 0;
    for (let k = 0; k < list.length; k++) {
      const z = score[list[k]];
      while (from + size < list.length && score[list[from + size]] - z < z - score[list[from]]) from++;
      let [zs, cs] = [0, 0];
      for (let j = from; j < from + size; j++) {
        zs += score[list[j]] / size;
        cs += chance[list[j]] / size;
      }
      let [zz, zc] = [0, 0];
      for (let j = from; j < from + size; j++) {
        const dz = score[list[j]] - zs;
        zz += dz * dz;
        zc += dz * (chance[list[j]] - cs);
      }
      truth[list[k]] = cs + (zz > 0 ? (zc / zz) * (z - zs) : 0);
    }
  }
  return truth;
}
