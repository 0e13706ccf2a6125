import { groupOf } from '../data/group.js';
import { labelOf } from '../data/label-of.js';
import type { Answer } from '../data/token-list.js';
import { scoreChunk } from '../scorer/batch/score-chunk.js';
import type { Scorer } from '../scorer/scorer.js';
import type { Intake } from './intake.js';

interface Given {
  scorer: Scorer;
  intake: Intake;
  groupBy: string | undefined;
  /** Labels by id; they take precedence over those in the record. */
  labels: ReadonlyMap<string, number>;
}

/** Scores some answers, in the order of time, and gives the new ones to the intake, with their signals. */
export async function takeAnswers(
  records: readonly Answer[],
  { scorer, intake, groupBy, labels }: Given,
): Promise<void> {
  const { signals, data } = scorer.manifest;
  const idOf = ({ id }: Answer) => id ?? '';
  const fresh = records.filter((record) => intake.isNew({ id: idOf(record), time: timeOf(record.time) }));
  if (fresh.length === 0) return;
  const scores = await scoreChunk(scorer, fresh);
  intake.count(fresh, scores, { models: new Set(data.models), tasks: new Set(data.tasks) });
  const asked = fresh.map((record, i) => ({ record, score: scores[i], question: groupOf(record, groupBy) }));
  const wanted = asked.filter(({ question }) => intake.wants(question));
  if (wanted.length === 0) return;
  const { features, categories } = scorer.rows(wanted.map(({ record }) => record));
  const [d, c] = [signals.numeric.length, signals.categorical.length];
  wanted.forEach(({ record, score: { probability, claim }, question }, i) => {
    const id = idOf(record);
    intake.add({
      ...{ id, question, probability, claim, time: timeOf(record.time) },
      ...{ model: record.model ?? null, task: record.task ?? null },
      numbers: features.slice(i * d, (i + 1) * d),
      categories: signals.categorical.map(({ vocabulary }, k) => vocabulary[Number(categories[i * c + k]) - 1] ?? ''),
      label: labels.get(id) ?? labelOf(record)?.value ?? null,
    });
  });
}

function timeOf(time: string | null | undefined): number | null {
  const value = time == null ? Number.NaN : Date.parse(time);
  return Number.isNaN(value) ? null : value;
}
