import { fixed } from '../../report/numbers.js';

/** A cost in money: three decimals, more for tiny ones. */
export function money(x: number | null): string {
  if (x === null || !Number.isFinite(x)) return fixed(x);
  return Math.abs(x) > 0 && Math.abs(x) < 0.01 ? x.toPrecision(2) : fixed(x, 3);
}
