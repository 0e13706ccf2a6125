import type { AnswerSource } from '../../data/read/answer-source.js';
import type { BadLine } from '../../data/read/answers.js';
import { type ReadOptions, readPacked } from '../../data/read/answers.js';
import { newSummary, notesOf } from '../../data/read/summary.js';
import { commonTopK, type WantedEmbeddings } from '../../features/collect.js';
import type { Feature } from '../../features/feature.js';
import type { HashShape } from '../../features/hashed-words.js';
import { type ShowProgress, silent } from '../../support/progress.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { plural } from '../../support/words/plural.js';
import { type TrainingData, TrainingDataCollector } from './training-data.js';

export interface Loaded {
  data: TrainingData;
  /** Number of answers read, with or without a label, and the bad lines that were skipped. */
  read: number;
  bad: BadLine[];
  /** What the reader noticed, as sentences. */
  notes: string[];
  /** Names of the formats in which rows were read. */
  formats: string[];
}

/** How answers become columns. */
export interface LoadOptions {
  /** Alternatives per token; 0: the most common number in the first batch. */
  topK: number;
  /** Hashed words for the text channel; none if absent. */
  words?: HashShape | null;
  /** Which embeddings are collected; none if null or absent. */
  vectors?: WantedEmbeddings | null;
  /** Whether questions and answers are kept, cut at the end, for the report. */
  texts?: boolean;
  /** The signals of plug-ins. */
  own?: readonly Feature[];
  show?: ShowProgress;
  signal?: AbortSignal;
}

/** Reads answers and their labels into columns. Errors: those of reading; INTERRUPTED if `signal` fired. */
export async function load(
  answers: AnswerSource,
  options: ReadOptions,
  { topK, words = null, vectors, texts = false, own, show = silent, signal }: LoadOptions,
): Promise<Loaded> {
  let collector: TrainingDataCollector | undefined;
  let read = 0;
  const bad: BadLine[] = [];
  const summary = newSummary();
  const kept = { keepsTexts: texts, own, embeddings: vectors ?? undefined };
  const collectorOf = (k: number) => new TrainingDataCollector(k, options.groupBy, words, options.mergeNear, kept);
  const shown = show('read', { unit: 'answers' });
  for await (const batch of readPacked(answers, { ...options, summary })) {
    unlessAborted(signal);
    collector ??= collectorOf(topK || commonTopK(batch.records));
    for (let i = 0; i < batch.records.length; i++) collector.add(batch.records[i], batch.file, batch.lines[i]);
    read += batch.records.length;
    for (const line of batch.bad) bad.push(line);
    shown.add(batch.records.length);
  }
  unlessAborted(signal);
  shown.done();
  const data = (collector ?? collectorOf(topK)).finish();
  const formats = [...new Set(summary.formats.map(({ format }) => format))];
  const notes = [...notesOf(summary), ...(data.groupNotes ?? []), ...widthNotes(data)];
  return { data, read, bad, formats, notes };
}

/** A note about vectors that the bundle cannot read. */
function widthNotes({ signals: { otherWidths = 0 } }: TrainingData): string[] {
  if (otherWidths === 0) return [];
  return [
    `${plural(otherWidths, 'answer has', 'answers have')} an embedding of another width than the bundle reads; ` +
      'it counts as missing.',
  ];
}
