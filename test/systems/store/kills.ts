/**
 * How often processes are killed with −9, all tests of this folder together: VOUCH_KILLS, 20 by default. The table in
 * bench/RESULTS.md is of 100.
 */
const KILLS = Number(process.env.VOUCH_KILLS ?? 20);

/** Kills of one test: its share of all, at least one. */
export const killsOf = (share: number): number => Math.max(1, Math.round(KILLS * share));
