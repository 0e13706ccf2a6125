import { sql } from 'kysely';
import { BIN_COLUMNS } from '../../store/rollup/tables.js';
import type { Database } from '../../store/schema.js';
import { inPeriod } from './in-period.js';
import type { Period } from './period.js';

/** Counts of answers of one step that have these columns in common. */
export interface Counted {
  /** The first hour of the step. */
  at: number;
  bundle: string;
  model: string;
  task: string;
  /** '' if there is none. */
  decision: string;
  why: string;
  /** Whether the answer was reached because of an earlier score. */
  selected: boolean;
  n: number;
  /** Sum of the probabilities, and answers by bin of the probability. */
  pSum: number;
  bins: number[];
  labelled: number;
  labelSum: number;
}

/** All that is counted in a period. Cost: the rows of counts, not of answers. */
export async function countsIn(db: Database, period: Period, tenant: string | null): Promise<Counted[]> {
  const bins = sql.join(BIN_COLUMNS.map((name) => sql`sum(${sql.ref(name)}) as ${sql.ref(name)}`));
  const { at, isInside } = inPeriod(period, tenant);
  const { rows } = await sql<Record<string, unknown>>`
    select ${at} as at, bundle, model, task, decision, why, selected,
      sum(n) as n, sum(p_sum) as p_sum, sum(labelled) as labelled, sum(label_sum) as label_sum, ${bins}
    from vouch_rollup where ${isInside}
    group by 1, 2, 3, 4, 5, 6, 7 order by 1`.execute(db);
  // sums are texts in PostgreSQL
  return rows.map((row) => ({
    ...{ at: Number(row.at), bundle: String(row.bundle), model: String(row.model), task: String(row.task) },
    ...{ decision: String(row.decision), why: String(row.why), selected: Number(row.selected) === 1 },
    ...{ n: Number(row.n), pSum: Number(row.p_sum), bins: BIN_COLUMNS.map((name) => Number(row[name])) },
    ...{ labelled: Number(row.labelled), labelSum: Number(row.label_sum) },
  }));
}
