import type { Database } from '../../store/schema.js';
import { unpackSignals } from '../../store/signals.js';
import type { Period } from './period.js';

/** Rows of the store that are looked at: evenly spaced, so that the cost does not grow with the store. */
const MOST = 3000;
/** Rows per statement. */
const CHUNK = 500;

/** Inputs of the predictor for one answer. */
export interface SampledSignals {
  /** Milliseconds since 1970. */
  time: number;
  /** In the order of the bundle's numeric signals; NaN: missing. */
  features: Float32Array;
}

/** The signals of evenly spaced answers of a period that this bundle scored. */
export async function sampledSignals(
  db: Database,
  { from }: Period,
  { bundle, tenant }: { bundle: string; tenant: string | null },
): Promise<SampledSignals[]> {
  const end = (direction: 'asc' | 'desc') =>
    db
      .selectFrom('vouch_scored')
      .select('seq')
      .where('time', '>=', from * 3_600_000)
      .orderBy('time', direction)
      .limit(1)
      .executeTakeFirst();
  const [first, last] = [await end('asc'), await end('desc')];
  if (first === undefined || last === undefined) return [];
  const seqs = evenly(Math.min(first.seq, last.seq), Math.max(first.seq, last.seq));
  const found: SampledSignals[] = [];
  for (let i = 0; i < seqs.length; i += CHUNK) {
    let query = db
      .selectFrom('vouch_scored')
      .select(['time', 'signals'])
      .where('seq', 'in', seqs.slice(i, i + CHUNK))
      .where('time', '>=', from * 3_600_000)
      .where('bundle', '=', bundle)
      .where('signals', 'is not', null);
    if (tenant !== null) query = query.where('tenant', '=', tenant);
    for (const { time, signals } of await query.execute()) {
      const read = unpackSignals(signals as Uint8Array);
      if (read !== null) found.push({ time, features: read.features });
    }
  }
  return found;
}

/** At most `MOST` whole numbers from `low` to `high`, evenly spaced. */
function evenly(low: number, high: number): number[] {
  const n = Math.min(MOST, high - low + 1);
  return Array.from({ length: n }, (_, k) => low + Math.floor(((k + 0.5) * (high - low + 1)) / n));
}
