/** Natural logarithms of the wealth at each stake, in the order of the stakes. */
export type LogWealth = number[];

/** Nothing is won yet: wealth 1 at every stake. */
export function startWealth(stakes: readonly number[]): LogWealth {
  return stakes.map(() => 0);
}

/** The wealth after one more question: each stake λ is multiplied by 1 + λ·gain. */
export function afterGain(wealth: LogWealth, stakes: readonly number[], gain: number): LogWealth {
  return wealth.map((log, k) => log + Math.log1p(stakes[k] * gain));
}

/** The logarithm of the mean wealth over the stakes: the e-value of the mixture. */
export function logMixture(wealth: LogWealth): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const log of wealth) most = Math.max(most, log);
  const sum = wealth.reduce((total, log) => total + Math.exp(log - most), 0);
  return most + Math.log(sum / wealth.length);
}
