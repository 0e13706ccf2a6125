/** The outcome of one vote. */
export interface Majority {
  /** The group of the majority, and the candidate whose text stands for it: its member with the highest weight. */
  meaning: number;
  chosen: number;
  /** Its votes, and its share of the weight. */
  votes: number;
  share: number;
  /** ln((w + m/2) / (W − w + m/2)), with the majority's weight w, all weight W, and the mean weight m of one vote. */
  logit: number;
  /** Whether another group has as much weight, so that the order decided. */
  isTied: boolean;
}

/** Weights that differ by less than this share are equal; rounding must not break a tie. */
const EQUAL = 1e-12;

/**
 * The group of answers with the most weight. If several have the most, the one that contains the earliest candidate
 * wins, so a tie never overturns the first answer. Of equal members the earliest stands for the group.
 */
export function majorityOf(meaning: Int32Array, weight: Float64Array): Majority {
  const groups: { weight: number; votes: number; chosen: number }[] = [];
  let total = 0;
  for (let i = 0; i < meaning.length; i++) {
    const group = (groups[meaning[i]] ??= { weight: 0, votes: 0, chosen: i });
    group.weight += weight[i];
    group.votes++;
    if (weight[i] > weight[group.chosen]) group.chosen = i;
    total += weight[i];
  }
  let best = 0; // groups are numbered in order of appearance
  for (let g = 1; g < groups.length; g++) if (groups[g].weight > groups[best].weight * (1 + EQUAL)) best = g;
  const { weight: most, votes, chosen } = groups[best];
  const isTied = groups.some((group, g) => g !== best && group.weight >= most * (1 - EQUAL));
  const half = total / meaning.length / 2;
  const share = total === 0 ? votes / meaning.length : most / total;
  return { meaning: best, chosen, votes, share, logit: Math.log((most + half) / (total - most + half)), isTied };
}
