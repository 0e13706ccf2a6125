import { migrate } from '../../../store/migrations/migrate.js';
import type { Store } from '../../../store/open.js';
import { BIN_COLUMNS } from '../../../store/rollup/tables.js';
import { write } from '../../../store/write/write.js';
import type { Random } from '../../../support/random.js';
import { DAY, scored, send, T0 } from '../rows.js';

/** All counts of a store, rounded, so that sums of fractions can be compared. */
export async function countsOf({ db }: Store): Promise<unknown[]> {
  const round = (row: object) =>
    Object.fromEntries(
      Object.entries(row).map(([name, x]) => [name, typeof x === 'number' ? Math.round(1e9 * x) / 1e9 + 0 : x]),
    );
  const lines = async (rows: Promise<object[]>) => (await rows).map((row) => JSON.stringify(round(row))).sort();
  return [
    await lines(db.selectFrom('vouch_rollup').selectAll().execute()),
    await lines(db.selectFrom('vouch_labelled').selectAll().execute()),
    await lines(db.selectFrom('vouch_feedback_days').selectAll().execute()),
    await lines(db.selectFrom('vouch_bought').selectAll().execute()),
  ];
}

/** The counts that the migration makes from all rows, in place of those that writing kept. */
export async function recounted(store: Store): Promise<unknown[]> {
  await migrate(store, '002-feedback');
  await migrate(store);
  return countsOf(store);
}

/** A few weeks of answers and feedback: late, repeated, contradicting, ahead of its answer, of two tenants. */
export async function busy(store: Store, draw: Random, batches = 12): Promise<void> {
  for (let b = 0; b < batches; b++) {
    const tenantOf = () => ['', 't1'][draw.int(2)];
    const rows = Array.from({ length: draw.int(8) }, (_, i) =>
      scored(draw.int(5) === 0 ? null : `${b}-${i}`, {
        ...{ time: T0 + b * 2 * DAY + draw.int(DAY), tenant: tenantOf(), model: [null, 'm1', 'm2'][draw.int(3)] },
        ...{ probability: draw.int(6) === 0 ? null : draw.next(), decision: [null, 'accept', 'abstain'][draw.int(3)] },
        why: [null, 'shifted'][draw.int(2)],
        basis: [null, 'natural', 'policy()', 'policy(nli,large)'][(b + i) % 4],
      }),
    );
    await write(store, rows, []);
    const said = Array.from({ length: draw.int(6) }, () => {
      const id = `${draw.int(b + 3)}-${draw.int(8)}`; // some answers come later, some never
      return [
        { id, thumb: ['up', 'down'][draw.int(2)] },
        { id, verdict: 'wrong', source: 'auto:grader', key: `v ${b} ${id}` },
        { id, correction: 'Canberra' },
        { chosen: id, over: [`${id}x`] },
      ][draw.int(4)];
    });
    if (said.length > 0) await send(store, said, { tenant: tenantOf(), received: T0 + b * 2 * DAY + 1000 });
  }
}

export const BINS: readonly string[] = BIN_COLUMNS;
