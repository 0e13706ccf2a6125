/** The kernel's columns, one number a token; `sums` holds at the same place what each adds up to, token after token. */
export const Column = {
  LOGPROB: 0,
  /** p of the chosen token. */
  PROBABILITY: 1,
  /** Entropy over the top k and one bucket for the rest, in nats. */
  ENTROPY: 2,
  /** Log-probability of the chosen token over that of its best rival. */
  MARGIN: 3,
  /** Entropy without the bucket for the rest. */
  BARE_ENTROPY: 4,
  /** Rényi entropy of order 2 over the same buckets as the entropy. */
  COLLISION: 5,
  /** Mass outside the top k. */
  REST: 6,
  /** −p ln p · r, the entropy with rank r as weight. */
  RANKED: 7,
  /** Mean surprisal of the top k, −(1/k) Σ_k ln p_tk: large where all mass is on one. */
  SPREAD: 8,
  /** 1 where an alternative is above the chosen token. */
  OUTRANKED: 9,
  /** −p ln p of alternative r < 5, at SHARE + r. */
  SHARE: 10,
  /** Log-probability of alternative r, greatest first, at TOP + r; summed for the first alone. */
  TOP: 15,
} as const;

/** Alternatives whose −p ln p is kept apart. */
export const RANKS = 5;

/** Where in `sums` the greatest −p ln p of alternative r < 5 stands: at SHARE_MOST + r. */
export const SHARE_MOST = 16;
