import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { AnswerRecord } from '../../data/record.js';
import { commonTopK } from '../../features/collect.js';
import { type TrainingData, TrainingDataCollector } from '../../train/prepare/training-data.js';
import { type Drawable, truthFor } from '../cross/population.js';
import { inPolite } from './polite.js';

/**
 * Real answers with a known probability of being right, so that what is accepted can be compared with the exact truth.
 */
export interface Population extends Pick<Drawable, 'chance' | 'questions'> {
  name: string;
  records: AnswerRecord[];
  /**
   * What training collects from them. With `copies`, each answer occurs three times with polite phrases and other group
   * names.
   */
  data: TrainingData;
  copies: number;
  /** Numeric signals that the light recipe reads. */
  signals: string[];
  models: string[];
  /** Models without labels in a draw. */
  leftOut: (draw: number) => string | null;
  alphas: number[];
  /** Number of labelled questions in a draw. */
  labelled: number;
}

export interface Plan extends Pick<Population, 'name' | 'leftOut' | 'alphas' | 'labelled' | 'copies'> {
  records: AnswerRecord[];
}

/** The probability is fitted for each model separately, so that models differ as in reality. */
export function populationFrom({ records, copies, ...plan }: Plan): Population {
  const alone = collected(records);
  const models = [...new Set(alone.model)];
  const chance = new Float64Array(alone.n);
  const signals = new Set<string>();
  for (const model of models) {
    const rows = Int32Array.from(alone.y.keys()).filter((row) => alone.model[row] === model);
    const truth = truthFor(alone, rows);
    rows.forEach((row, i) => {
      chance[row] = truth.chance[i];
    });
    for (const signal of truth.signals.slice(0, Math.ceil(SIGNALS / models.length))) signals.add(signal);
  }
  const questions = new Map<number, number[]>();
  alone.group.forEach((group, row) => {
    questions.set(group, [...(questions.get(group) ?? []), row]);
  });
  const framed = (copy: number) => records.map((record, row) => (copy === 0 ? record : inPolite(record, row, copy)));
  const data = copies === 1 ? alone : collected(Array.from({ length: copies }, (_, copy) => framed(copy)).flat());
  return {
    ...plan,
    records,
    data,
    copies,
    chance,
    questions: [...questions.values()],
    signals: [...signals],
    models,
  };
}

const SIGNALS = 12;

function collected(records: readonly AnswerRecord[]): TrainingData {
  const collector = new TrainingDataCollector(commonTopK(records));
  for (const [i, record] of records.entries()) collector.add(record, 'replay', i + 1);
  return collector.finish();
}

export function linesOf(file: string): AnswerRecord[] {
  const text = gunzipSync(readFileSync(file)).toString('utf8').trimEnd();
  return text.split('\n').map((line) => JSON.parse(line) as AnswerRecord);
}

/** The shipped answers of these models. Ids include the model. */
export function shipped(names: readonly string[]): AnswerRecord[] {
  return names.flatMap((name) =>
    linesOf(`examples/${name}.jsonl.gz`).map((record) => ({ ...record, id: `${name}/${record.id}` })),
  );
}

/** Answers of five systems to this many questions, with human grades. */
export function fiveSystems(folder: string, questions: number): AnswerRecord[] {
  const grades = readFileSync(join(folder, 'triviaqa-5-systems.grades.csv'), 'utf8').trimEnd().split('\n').slice(1);
  const label = new Map(grades.map((line) => line.split(',')).map(([id, value]) => [id, Number(value)]));
  const records = linesOf(join(folder, 'triviaqa-5-systems.jsonl.gz'));
  const kept = new Set([...new Set(records.map(({ group }) => group))].slice(0, questions));
  return records
    .filter(({ id, group }) => kept.has(group) && label.has(id))
    .map((record) => ({ ...record, labels: [{ value: label.get(record.id) as number, source: 'human' }] }));
}
