import type { BadLine } from '../../data/read/answers.js';
import { type ReadOptions, readPacked } from '../../data/read/answers.js';
import { newSummary, notesOf } from '../../data/read/summary.js';
import { commonTopK } from '../../features/collect.js';
import type { HashShape } from '../../features/hashed-words.js';
import { progress } from '../../support/progress.js';
import { type TrainingData, TrainingDataCollector } from './training-data.js';

export interface Loaded {
  data: TrainingData;
  /** Number of answers read, with or without a label, and the bad lines that were skipped. */
  read: number;
  bad: BadLine[];
  /** What the reader noticed, as sentences. */
  notes: string[];
}

/** Reads answers and labels into columns. `topK` 0: the most common number of alternatives in the first batch. */
export async function load(
  files: string[],
  options: ReadOptions,
  topK: number,
  quiet: boolean,
  words: HashShape | null = null,
): Promise<Loaded> {
  let collector: TrainingDataCollector | undefined;
  let read = 0;
  const bad: BadLine[] = [];
  const summary = newSummary();
  const collectorOf = (k: number) => new TrainingDataCollector(k, options.groupBy, words, options.mergeNear);
  const shown = progress('read', { unit: 'answers', quiet });
  for await (const batch of readPacked(files, { ...options, summary })) {
    collector ??= collectorOf(topK || commonTopK(batch.records));
    for (let i = 0; i < batch.records.length; i++) collector.add(batch.records[i], batch.file, batch.lines[i]);
    read += batch.records.length;
    for (const line of batch.bad) bad.push(line);
    shown.add(batch.records.length);
  }
  shown.done();
  const data = (collector ?? collectorOf(topK)).finish();
  return { data, read, bad, notes: [...notesOf(summary), ...(data.groupNotes ?? [])] };
}
