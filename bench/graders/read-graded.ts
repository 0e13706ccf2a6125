import type { Labeller } from '../../data/label/labeller.js';
import { readAnswers } from '../../data/read/answers.js';
import { commonTopK } from '../../features/collect.js';
import { type TrainingData, TrainingDataCollector } from '../../train/prepare/training-data.js';

/** Answers with human labels, and the grade of each rule for every answer. */
export interface GradedAnswers {
  data: TrainingData;
  rules: Map<string, Float64Array>;
}

/** Reads answers that people graded, and grades them by rules. Keeps only the answers that every rule can grade. */
export async function readGraded(files: string[], labels: string, labellers: Labeller[]): Promise<GradedAnswers> {
  let collector: TrainingDataCollector | undefined;
  const told = new Map<string, number[]>(labellers.map(({ name }) => [name, []]));
  for await (const { records, file, lines } of readAnswers(files, { labels, on: 'id' })) {
    collector ??= new TrainingDataCollector(commonTopK(records));
    records.forEach((record, i) => {
      const verdicts = labellers.map((labeller) => labeller.of(record));
      if (verdicts.includes(null) || !collector?.add(record, file, lines[i])) return;
      labellers.forEach(({ name }, k) => {
        told.get(name)?.push(verdicts[k] as number);
      });
    });
  }
  if (collector === undefined) throw new Error('no answers');
  const rules = new Map([...told].map(([name, values]) => [name, Float64Array.from(values)]));
  return { data: collector.finish(), rules };
}
