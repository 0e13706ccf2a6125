import type { Scored } from '../../metrics/scored.js';
import type { Database } from '../../store/schema.js';

/** The most labelled answers that are looked at, the latest ones: enough for any chart, and quick. */
const MOST = 3000;

/** Labelled answers of one bundle as metrics take them, and the times of the first and the last. */
export interface Labelled {
  scored: Scored;
  n: number;
  from: number;
  to: number;
  /** Whether there are more than were read. */
  isCut: boolean;
}

interface Whose {
  bundle: string;
  tenant: string | null;
  /** Milliseconds since 1970. */
  since: number;
}

/** The latest labelled answers that this bundle scored; null if there are none. Answers to one question are a group. */
export async function latestLabelled(db: Database, { bundle, tenant, since }: Whose): Promise<Labelled | null> {
  let query = db
    .selectFrom('vouch_labelled as l')
    .innerJoin('vouch_scored as s', 's.seq', 'l.scored')
    .select(['l.probability', 'l.label', 'l.time', 'l.scored', 's.question'])
    .where('l.time', '>=', since)
    .where('l.bundle', '=', bundle)
    .where('l.probability', 'is not', null)
    .orderBy('l.time', 'desc')
    .limit(MOST + 1);
  if (tenant !== null) query = query.where('l.tenant', '=', tenant);
  const all = await query.execute();
  const rows = all.slice(0, MOST);
  if (rows.length === 0) return null;
  const names = new Map<string, number>();
  const group = Int32Array.from(rows, ({ question, scored }) => {
    const name = question ?? `#${scored}`;
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  });
  const scored: Scored = {
    probability: Float64Array.from(rows, ({ probability }) => probability as number),
    label: Float64Array.from(rows, ({ label }) => label),
    group,
  };
  const [from, to] = [rows[rows.length - 1].time, rows[0].time];
  return { scored, n: rows.length, from, to, isCut: all.length > rows.length };
}
