import { type RawBuilder, sql } from 'kysely';
import type { Period } from './period.js';

/** Parts of a statement over a table of counts: the first hour of a row's step, and which rows are of the period. */
export function inPeriod(
  { from, to, step, span }: Period,
  tenant: string | null,
): Record<'at' | 'isInside', RawBuilder<unknown>> {
  const own = tenant === null ? sql`` : sql`and tenant = ${tenant}`;
  const s = sql.lit(step);
  return {
    at: sql`(start / ${s}) * ${s}`,
    isInside: sql`span = ${sql.lit(span)} ${own} and start >= ${from} and start < ${to}`,
  };
}
