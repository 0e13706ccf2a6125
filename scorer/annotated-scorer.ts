import { isAnswer, type Logged } from '../data/token-list.js';
import { annotateFor } from '../meaning/annotate-for.js';
import type { Annotator } from '../meaning/annotator.js';
import { encodersRead } from '../models/bundle/encoders-read.js';
import { groundsOf } from './grounded.js';
import type { Score, ScoreOptions, Scorer } from './scorer.js';

/**
 * A scorer that first adds to each record what the encoders and entailment models that its bundle reads say about it.
 * Those that it names and does not read do not run. Entailment models that it does not read only say whether the passages
 * support the answer (`grounded`), unless `grounds` is false: they add nothing to the record, so probability and decision
 * stay as they are. Records are not changed. `rows` takes records as they are.
 */
export function annotatedScorer(scorer: Scorer, annotator: Annotator | undefined, { grounds = true } = {}): Scorer {
  const read = encodersRead(scorer.manifest);
  const annotate = annotateFor(scorer.manifest.encoders, annotator, read);
  const others = !grounds ? undefined : annotator?.otherNli(read.map(({ name }) => name));
  const judges = others === undefined || others.encoders.length === 0 ? undefined : others;
  if (annotate === undefined && judges === undefined) return scorer;
  const withFields = async (given: readonly Logged[]) => annotate?.(given) ?? [...given];
  const judged = (score: Score, record: Logged) => (judges === undefined ? score : withGrounds(score, record, judges));
  const scoreOne = async (given: Logged): Promise<Score> => {
    const [record] = await withFields([given]);
    return judged(await scorer.score(record), record);
  };
  const scoreMany = async (given: Logged[], options?: ScoreOptions): Promise<Score[]> => {
    const records = await withFields(given);
    const scores: Score[] = await scorer.scoreMany(records, options);
    return judges === undefined ? scores : Promise.all(scores.map((score, i) => judged(score, records[i])));
  };
  return { ...scorer, score: scoreOne as Scorer['score'], scoreMany: scoreMany as Scorer['scoreMany'] };
}

async function withGrounds(score: Score, record: Logged, others: Annotator): Promise<Score> {
  if (score.probability === null || !isAnswer(record)) return score;
  const fields = await others.fieldsOf({ ...record, samples: null });
  if (fields?.entailments == null) return score;
  const { grounded: _, groundedBy: __, ...rest } = score;
  return { ...rest, ...groundsOf(fields.entailments, record) };
}
