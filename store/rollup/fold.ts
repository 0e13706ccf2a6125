import { sql } from 'kysely';
import type { Open } from '../schema.js';
import { type Part, statementsOfPart } from './statements-of-part.js';
import { BIN_COLUMNS, BIN_STARTS, binEnd, ROLLUP_KEY, SPAN_ROWS } from './tables.js';

/** Rows per statement: grouping more at a time would need files for sorting. */
const CHUNK = 100_000;

/** Counts scored answers, without labels. */
export async function foldAnswers(db: Open, { after, to, sign }: Part): Promise<void> {
  for (let from = after; from < to; from += CHUNK) {
    await ofPart(db, { after: from, to: Math.min(to, from + CHUNK), sign });
  }
}

/** Which labelled answers: all up to a number, or those with these numbers. */
type Which = { through: number } | { answers: readonly number[] };

/** Counts the labels of answers in `vouch_labelled`. */
export async function foldLabels(db: Open, which: Which, sign: 1 | -1): Promise<void> {
  const these = 'through' in which ? `l.scored <= ${which.through}` : `l.scored in (${which.answers.join(', ')})`;
  await run(db, adding(LABELS, sign, `from vouch_labelled l join vouch_scored s on s.seq = l.scored where ${these}`));
}

/** The statements contain only names and whole numbers of ours. As fixed texts they cost far less than built ones. */
export async function run(db: Open, statement: string): Promise<void> {
  await sql.raw(statement).execute(db);
}

/** What is added to a column of counts. Other columns stay, and begin with 0. */
type Counts = Record<string, string>;

const ANSWERS: Counts = {
  n: 'count(*)',
  p_sum: 'coalesce(sum(s.probability), 0)',
  ...Object.fromEntries(BIN_COLUMNS.map((name, i) => [name, `sum(case when ${isIn(i)} then 1 else 0 end)`])),
};
const LABELS: Counts = { labelled: 'count(*)', label_sum: 'sum(l.label)' };

/** Adds the answers of a part of the chain to the counts, and takes them away. */
const ofPart = statementsOfPart((sign, part) => adding(ANSWERS, sign, `from vouch_scored s where ${part}`));

function isIn(bin: number): string {
  const from = `s.probability >= ${BIN_STARTS[bin]}`;
  return bin === BIN_STARTS.length - 1 ? from : `${from} and s.probability < ${binEnd(bin)}`;
}

const HOUR = `s.time / 3600000 as hour, s.tenant as tenant, s.bundle as bundle, coalesce(s.model, '') as model,
  coalesce(s.task, '') as task, coalesce(s.decision, '') as decision, coalesce(s.why, '') as why, s.selected as selected`;

/** Groups rows by hour, and adds their counts to the rows of all spans. */
function adding(counts: Counts, sign: 1 | -1, rows: string): string {
  const names = Object.keys(counts);
  const values = names.map((name) => `${sign} * ${counts[name]} as ${name}`);
  const sums = names.map((name) => `sum(h.${name})`);
  const existing = names.map((name) => `${name} = vouch_rollup.${name} + excluded.${name}`);
  return `insert into vouch_rollup (${[...ROLLUP_KEY, ...names].join(', ')})
    select w.span, (h.hour / w.span) * w.span, h.tenant, h.bundle, h.model, h.task, h.decision, h.why, h.selected,
      ${sums.join(', ')}
    from (select ${HOUR}, ${values.join(', ')} ${rows} group by 1, 2, 3, 4, 5, 6, 7, 8) h
    cross join (${SPAN_ROWS}) w where true
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    on conflict (${ROLLUP_KEY.join(', ')}) do update set ${existing.join(', ')}`;
}
