import { coded } from '../coded.js';
import type { Store } from '../open.js';
import type { Database } from '../schema.js';
import { type Checked, rowsIn } from './checked.js';
import { GENESIS } from './digest.js';
import { type Detail, detailOf } from './events.js';

/** A place at which the chain is broken. */
interface Finding {
  /** Position in the chain. */
  seq: number;
  table: 'scored' | 'feedback' | 'event' | 'head';
  what: string;
}

export interface Verified {
  /** Rows that were checked. */
  rows: number;
  /** Rows whose private content was deleted by a recorded deletion. */
  redacted: number;
  /** Rows before this one were removed by a recorded retention rule; 1: none. */
  first: number;
  /** The end of the chain. Keep it elsewhere: `expected` of a later check then proves that nothing was cut off. */
  head: { seq: number; hash: string };
  findings: Finding[];
}

/** Rows of the chain that are in memory at a time. */
const BLOCK = 2000;
/** The most findings that are listed. */
const MOST = 100;

const TABLES = [
  ['vouch_scored', 'scored'],
  ['vouch_feedback', 'feedback'],
  ['vouch_events', 'event'],
] as const;

interface VerifyOptions {
  /** An end of the chain that was noted earlier. */
  expected?: { seq: number; hash: string };
  /** Gets the number of checked rows, and of all. */
  progress?(done: number, total: number): void;
}

/**
 * Recomputes the hash of every row from its columns, and finds rows that were changed, removed, added or emptied. Reads
 * one state of the store, also while others write. Errors: STORE_BAD, STORE_UNAVAILABLE. Memory: 2,000 rows, and the
 * numbers of redacted rows.
 */
export async function verifyChain(store: Store, { expected, progress }: VerifyOptions = {}): Promise<Verified> {
  const read = (db: Database) => verified(db, expected, progress);
  try {
    // PostgreSQL gives each statement its own snapshot unless told otherwise
    const transaction = store.db.transaction().setAccessMode('read only');
    const own = store.kind === 'postgres' ? transaction.setIsolationLevel('repeatable read') : transaction;
    return await own.execute(read);
  } catch (error) {
    throw coded(error, store.shown);
  }
}

async function verified(
  db: Database,
  expected: VerifyOptions['expected'],
  progress: VerifyOptions['progress'],
): Promise<Verified> {
  const head = await db.selectFrom('vouch_head').select(['seq', 'hash']).where('one', '=', 1).executeTakeFirstOrThrow();
  const deleted = await deletionsIn(db);
  const findings: Finding[] = [];
  const find = (finding: Finding) => {
    if (findings.length < MOST) findings.push(finding);
  };
  let previous = deleted.hash;
  let rows = 0;
  let redacted = 0;
  let isExpectedSeen = expected === undefined || expected.seq === deleted.through;
  if (expected !== undefined && expected.seq === deleted.through && expected.hash !== previous) isExpectedSeen = false;
  for (let after = deleted.through; after < head.seq; after += BLOCK) {
    const to = Math.min(head.seq, after + BLOCK);
    const block = await rowsIn(db, { after, to, through: deleted.through });
    for (let seq = after + 1; seq <= to; seq++) {
      const same = block.get(seq);
      block.delete(seq);
      if (same === undefined) {
        find({ seq, table: 'head', what: 'the row was removed' });
        previous = '';
        continue;
      }
      const row = continuing(same, previous);
      for (const { table } of same.filter((each) => each !== row)) find({ seq, table, what: TWICE });
      for (const what of faultsOf(row, previous, deleted.has(seq))) find({ seq, table: row.table, what });
      rows++;
      if (row.isRedacted) redacted++;
      previous = row.hash;
      if (expected?.seq === seq && expected.hash === row.hash) isExpectedSeen = true;
    }
    for (const [seq, left] of block) for (const { table } of left) find({ seq, table, what: FRACTION });
    progress?.(to - deleted.through, head.seq - deleted.through);
  }
  if (previous !== '' && previous !== head.hash) {
    find({ seq: head.seq, table: 'head', what: 'the end of the chain is not the last row' });
  }
  for (const finding of await outside(db, { through: deleted.through, last: head.seq })) find(finding);
  if (expected !== undefined && !isExpectedSeen) {
    find({ seq: expected.seq, table: 'head', what: 'the chain does not contain the end that was noted earlier' });
  }
  return { rows, redacted, first: deleted.through + 1, head, findings };
}

const TWICE = 'a row was added: another row has its number';
const FRACTION = 'a row was added: its number is not whole'; // SQLite takes such numbers
const UNRECORDED = 'the private content was deleted without a record of it';
const STILL = 'there is private content, although its deletion is recorded';

/** What is wrong with a row. After a removed row (`previous` is ''), its hash cannot be checked. */
function faultsOf(row: Checked, previous: string, isDeleted: boolean): string[] {
  const isChanged = previous !== '' && row.hashAfter(previous) !== row.hash;
  const content = wrongContent(row, isDeleted);
  return [...(isChanged ? ['the row was changed'] : []), ...(content === null ? [] : [content])];
}

function wrongContent(row: Checked, isDeleted: boolean): string | null {
  if (isDeleted) return row.isRedacted && row.isEmptied ? null : STILL;
  return row.isRedacted ? UNRECORDED : row.wrong();
}

/** The row that continues the chain, if several have its number. */
function continuing(rows: readonly Checked[], previous: string): Checked {
  const [first] = rows;
  if (rows.length === 1) return first;
  return rows.find((row) => row.hash === row.hashAfter(previous)) ?? first;
}

/** Rows that are outside the chain: without a number, before its beginning, or after its end. */
async function outside(db: Database, { through, last }: { through: number; last: number }): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [name, table] of TABLES) {
    const rows = await db
      .selectFrom(name)
      .select('seq')
      .where((eb) => eb.or([eb('seq', 'is', null), eb('seq', '<=', through), eb('seq', '>', last)]))
      .limit(MOST)
      .execute();
    for (const { seq } of rows) {
      const where = seq > last ? 'after the end' : 'before the beginning';
      found.push({ seq: Number(seq), table, what: `a row was added ${where} of the chain` });
    }
  }
  return found;
}

/** The recorded deletions: up to which row everything is gone, and which rows were emptied. */
async function deletionsIn(db: Database): Promise<{ through: number; hash: string; has(seq: number): boolean }> {
  const events = await db.selectFrom('vouch_events').selectAll().orderBy('seq').execute();
  const emptied = new Set<number>();
  let pruned: Extract<Detail, { kind: 'pruned' }> | null = null;
  for (const event of events) {
    const detail = detailOf(event);
    if (detail?.kind === 'pruned') pruned = detail;
    else if (detail?.kind === 'redacted') for (const seq of detail.rows) emptied.add(seq);
  }
  return { through: pruned?.through ?? 0, hash: pruned?.hash ?? GENESIS, has: (seq) => emptied.has(seq) };
}
