import { isNaming, type Naming, nameRecord } from '../data/naming.js';
import type { Answer, Logged } from '../data/token-list.js';
import type { Scorer } from './scorer.js';

/** A scorer that renames models and tasks as `naming` says. It does not change the records. */
export function namedScorer(scorer: Scorer, naming: Naming): Scorer {
  if (!isNaming(naming)) return scorer;
  const all = <R extends Logged>(records: R[]): R[] => records.map((record) => named(record, naming));
  return {
    ...scorer,
    score: ((record: Answer) => scorer.score(named(record, naming))) as Scorer['score'],
    scoreMany: ((records: Answer[], options) => scorer.scoreMany(all(records), options)) as Scorer['scoreMany'],
    rows: (records) => scorer.rows(all(records)),
  };
}

function named<R extends Logged>(record: R, naming: Naming): R {
  const copy: R = { ...record };
  if (record.samples != null) copy.samples = record.samples.map((sample) => ({ ...sample }));
  nameRecord(copy, naming);
  return copy;
}
