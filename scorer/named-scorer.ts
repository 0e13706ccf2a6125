import { isNaming, type Naming, nameRecord } from '../data/naming.js';
import type { Answer } from '../data/token-list.js';
import type { Scorer } from './open.js';

/** A scorer that calls models and tasks as `naming` has it. Records are left as they are. */
export function namedScorer(scorer: Scorer, naming: Naming): Scorer {
  if (!isNaming(naming)) return scorer;
  const all = (records: Answer[]) => records.map((record) => named(record, naming));
  return {
    ...scorer,
    score: (record) => scorer.score(named(record, naming)),
    scoreMany: (records, options) => scorer.scoreMany(all(records), options),
    rows: (records) => scorer.rows(all(records)),
  };
}

function named(record: Answer, naming: Naming): Answer {
  const copy: Answer = { ...record };
  if (record.samples != null) copy.samples = record.samples.map((sample) => ({ ...sample }));
  nameRecord(copy, naming);
  return copy;
}
