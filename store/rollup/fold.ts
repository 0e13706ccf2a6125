import type { RawBuilder, Sql } from 'kysely';
import type { Open } from '../schema.js';
import { BIN_COLUMNS, BIN_STARTS, binEnd, ROLLUP_KEY, SPANS } from './tables.js';

/** Rows of the chain that are counted together. */
export interface Part {
  /** Numbers after this one, up to and including `to`. */
  after: number;
  to: number;
  /** 1 adds the rows to the counts, −1 takes them away. */
  sign: 1 | -1;
}

/** Rows per statement: grouping more at a time would need files for sorting. */
const CHUNK = 100_000;

/** Columns with counts, in the order in which they are written. */
const COUNTS = ['n', 'p_sum', ...BIN_COLUMNS, 'labelled', 'label_sum'] as const;

/** Counts scored answers, without labels. */
export async function foldAnswers(db: Open, { after, to, sign }: Part): Promise<void> {
  const { sql } = await import('kysely');
  const s = sql.lit(sign);
  const bins = BIN_STARTS.map((from, i) => {
    const below = i === BIN_STARTS.length - 1 ? sql`` : sql` and s.probability < ${sql.lit(binEnd(i))}`;
    return sql`${s} * sum(case when s.probability >= ${sql.lit(from)}${below} then 1 else 0 end)`;
  });
  const counts = [sql`${s} * count(*)`, sql`${s} * coalesce(sum(s.probability), 0)`, ...bins, sql`0`, sql`0`];
  for (let from = after; from < to; from += CHUNK) {
    const until = Math.min(to, from + CHUNK);
    await add(db, sql, counts, sql`from vouch_scored s where s.seq > ${from} and s.seq <= ${until}`);
  }
}

/** Counts the labels of answers in `vouch_labelled`. `which` selects rows of it by its columns, as `l`. */
export async function foldLabels(db: Open, sign: 1 | -1, which: RawBuilder<unknown>): Promise<void> {
  const { sql } = await import('kysely');
  const s = sql.lit(sign);
  const zeros = ['n', 'p_sum', ...BIN_COLUMNS].map(() => sql`0`);
  const counts = [...zeros, sql`${s} * count(*)`, sql`${s} * sum(l.label)`];
  await add(db, sql, counts, sql`from vouch_labelled l join vouch_scored s on s.seq = l.scored where ${which}`);
}

/** Groups rows by hour, and adds their counts to the rows of all spans. */
async function add(db: Open, sql: Sql, counts: RawBuilder<unknown>[], from: RawBuilder<unknown>): Promise<void> {
  const names = sql.join([...ROLLUP_KEY, ...COUNTS].map((name) => sql.ref(name)));
  const named = sql.join(counts.map((count, k) => sql`${count} as ${sql.ref(COUNTS[k])}`));
  const hour = sql`s.time / 3600000`;
  const texts = sql`s.tenant as tenant, s.bundle as bundle, coalesce(s.model, '') as model,
    coalesce(s.task, '') as task, coalesce(s.decision, '') as decision, coalesce(s.why, '') as why`;
  const spans = sql.join(
    SPANS.map((span) => sql`select ${sql.lit(span)} as span`),
    sql` union all `,
  );
  const sums = sql.join(COUNTS.map((name) => sql`sum(h.${sql.ref(name)})`));
  const sum = (name: string) =>
    sql`${sql.ref(name)} = vouch_rollup.${sql.ref(name)} + excluded.${sql.ref(name)}`;
  await sql`insert into vouch_rollup (${names})
    select w.span, (h.hour / w.span) * w.span, h.tenant, h.bundle, h.model, h.task, h.decision, h.why, h.selected, ${sums}
    from (select ${hour} as hour, ${texts}, s.selected as selected, ${named} ${from} group by 1, 2, 3, 4, 5, 6, 7, 8) h
    cross join (${spans}) w where true
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    on conflict (${sql.join(ROLLUP_KEY.map((name) => sql.ref(name)))})
    do update set ${sql.join(COUNTS.map(sum))}`.execute(db);
}
