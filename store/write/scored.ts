import { scoredHash, scoredSeal } from '../chain/rows.js';
import { plainId, plainText } from '../plain-text.js';
import { foldLinked } from '../rollup/fold-feedback.js';
import {
  type Open,
  SCORED_PRIVATE,
  SCORED_PUBLIC,
  type ScoredPrivate,
  type ScoredPublic,
  type ScoredTable,
} from '../schema.js';
import { type Chain, newSalt } from './chain.js';
import { insertRows } from './insert.js';

/** A scored answer before it has a place in the chain. */
export type ScoredRow = ScoredPublic & ScoredPrivate;

/** Rows whose ids are looked up together: PostgreSQL and SQLite take some 32,000 values in a statement. */
const CHUNK = 200;

const COLUMNS = ['seq', 'salt', 'sealed', 'redacted', ...SCORED_PUBLIC, ...SCORED_PRIVATE, 'hash'] as const;

/**
 * Adds scored answers to the chain. Feedback that waited for one is linked to the first one with its id. Returns the
 * answers that got a label in this way.
 */
export async function writeScored(db: Open, chain: Chain, given: readonly ScoredRow[]): Promise<Set<number>> {
  const rows = given.map((row) => chained(chain, row));
  const linked = new Set<number>();
  for (let from = 0; from < rows.length; from += CHUNK) {
    const part = rows.slice(from, from + CHUNK);
    await insertRows(db, { table: 'vouch_scored', columns: COLUMNS, rows: part });
    for (const seq of await linkEarlier(db, part, chain.rolled)) linked.add(seq);
  }
  return linked;
}

function chained(chain: Chain, given: ScoredRow): ScoredTable {
  const plain = plainRow(given);
  const salt = newSalt();
  const row = { seq: ++chain.seq, salt, sealed: scoredSeal(salt, plain), redacted: 0, ...plain };
  chain.hash = scoredHash(chain.hash, row);
  return { ...row, hash: chain.hash };
}

/** A row as every database returns it: plain texts, and null for NaN. */
function plainRow(given: ScoredRow): ScoredRow {
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'string') row[name] = IDS.has(name) ? plainId(value) : plainText(value);
    else row[name] = typeof value === 'number' && !Number.isFinite(value) ? null : value;
  }
  return row as unknown as ScoredRow;
}

const IDS: ReadonlySet<string> = new Set(['id', 'response', 'person', 'tenant']);

async function linkEarlier(db: Open, rows: readonly ScoredTable[], rolled: number): Promise<number[]> {
  const seqs = new Map<string, number>();
  const targets = new Set<string>();
  for (const { seq, tenant, id, response } of rows) {
    for (const target of [id, response]) {
      if (target === null) continue;
      const key = JSON.stringify([tenant, target]);
      if (!seqs.has(key)) seqs.set(key, seq);
      targets.add(target);
    }
  }
  const linked: number[] = [];
  if (targets.size === 0) return linked;
  const waiting = await db
    .selectFrom('vouch_feedback')
    .select(['seq', 'tenant', 'target', 'label', 'received', 'kind'])
    .where('scored', 'is', null)
    .where('target', 'in', [...targets])
    .execute();
  for (const { seq, tenant, target, label, ...feedback } of waiting) {
    const scored = seqs.get(JSON.stringify([tenant, target]));
    if (scored === undefined) continue;
    await db.updateTable('vouch_feedback').set({ scored }).where('seq', '=', seq).execute();
    if (seq <= rolled) await foldLinked(db, { tenant, ...feedback });
    if (label !== null) linked.push(scored);
  }
  return linked;
}
