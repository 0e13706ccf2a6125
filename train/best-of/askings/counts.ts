/** Numbers of answers that are tried, up to what the askings have. */
const GRID = [1, 2, 3, 5, 8, 12, 20, 32, 50, 80];
/** Share of the askings that must have so many answers. */
const ENOUGH = 0.9;

/** The numbers of answers to try: a grid up to the most that nine in ten askings have, which is the last one. */
export function countsFor(sizes: readonly number[]): number[] {
  const sorted = [...sizes].sort((a, b) => b - a);
  const most = sorted[Math.ceil(ENOUGH * sorted.length) - 1] ?? 1;
  return [...GRID.filter((count) => count < most), most];
}
