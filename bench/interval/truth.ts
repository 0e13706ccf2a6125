/** Rows of a neighbourhood, at least, and as a share of the rows of the cell. */
const NEAR = 60;
const SHARE = 0.05;

/**
 * The share of right answers among answers with nearly the score of each row and of its cell: the known chances of the
 * rows nearest in score, a straight line through them (so that a slope is no error), read at the row's score. n·window.
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
