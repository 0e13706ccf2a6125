/** The kernel's columns, with one number per token. `sums` has the sum of each column at the same index. */
export const Column = {
  LOGPROB: 0,
  /** Probability of the chosen token. */
  PROBABILITY: 1,
  /** Entropy over the top k and one bucket for the remaining mass, in nats. */
  ENTROPY: 2,
  /** Log-probability of the chosen token minus that of the best other one. */
  MARGIN: 3,
  /** Entropy without the bucket for the remaining mass. */
  BARE_ENTROPY: 4,
  /** Rényi entropy of order 2 over the same buckets as the entropy. */
  COLLISION: 5,
  /** Mass outside the top k. */
  REST: 6,
  /** Σ_r −p ln p · r, the entropy weighted by rank r. */
  RANKED: 7,
  /** Mean surprisal of the top k, −(1/k) Σ_k ln p_tk: large where one token has all the mass. */
  SURPRISAL: 8,
  /** 1 where an alternative is likelier than the chosen token, else 0. */
  OUTRANKED: 9,
  /** −p ln p of alternative r < 5 is at SHARE + r. */
  SHARE: 10,
  /** The log-probability of alternative r, in descending order, is at TOP + r. Only the first is summed. */
  TOP: 15,
} as const;

/** The number of alternatives whose −p ln p has a column. */
export const RANKS = 5;

/** The greatest −p ln p of alternative r < 5 is in `sums` at SHARE_MOST + r. */
export const SHARE_MOST = 16;
