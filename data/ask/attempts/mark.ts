import type { Attempt, LoggedRecord } from '../../record.js';
import type { AttemptScore } from './attempt-scorer.js';
import { type Spent, spentFields } from './metered.js';

/** An answer before it is known which one is chosen. */
export interface Tried {
  record: LoggedRecord;
  kind: 'first' | 'sampled' | 'revised';
  spent: Spent;
  onSamples?: Spent;
  /** Absent if it has no answer, so that there is nothing to score. */
  score?: AttemptScore;
  doubt?: string;
}

/** The place of the attempt with the highest probability; of equal ones, and if there is none, the first. */
function best(tried: readonly Tried[]): number {
  let at = 0;
  const probability = ({ score }: Tried) => score?.probability ?? Number.NaN;
  tried.forEach((each, i) => {
    const now = probability(tried[at]);
    if (probability(each) > now || (Number.isNaN(now) && !Number.isNaN(probability(each)))) at = i;
  });
  return at;
}

/**
 * The records of all attempts at one question. Each says what it is, what it cost and by which probability it was
 * judged. `selected` marks what exists, or was taken, because of a score: the chosen attempt, and every revision.
 */
export function marked(tried: readonly Tried[]): LoggedRecord[] {
  const chosen = best(tried);
  return tried.map(({ record, kind, spent, onSamples, score, doubt }, i) => {
    const attempt: Attempt = {
      number: i + 1,
      kind,
      chosen: i === chosen,
      ...(score === undefined || Number.isNaN(score.probability) ? {} : { probability: score.probability }),
      ...spentFields(spent, onSamples),
      ...(doubt === undefined ? {} : { doubt }),
    };
    return {
      ...record,
      id: i === 0 ? record.id : `${record.id}#${i + 1}`,
      ...(i === chosen || kind === 'revised' ? { selected: true } : {}),
      attempt,
    };
  });
}
