import type { AnswerRecord } from '../../data/record.js';
import { type TrainingData, TrainingDataCollector } from '../../train/prepare/training-data.js';
import { fiveSystems, shipped } from '../replay/population.js';

/** Who answers: the model that the first version was trained on, a second model, or small models on a new task. */
export const SOURCES = ['first', 'second', 'task'] as const;
export type Source = (typeof SOURCES)[number];

/** The real answers that a year is made of, as training collects them, each with its label. */
export interface World {
  data: TrainingData;
  /** Rows by source and question. Questions of `first` and `second` are the same, in the same order. */
  questions: Readonly<Record<Source, readonly (readonly number[])[]>>;
}

/** The systems of `triviaqa-5-systems` that answer; the answers of the other systems are their samples. */
const SYSTEMS = { first: 'gpt4', second: 'gpt35' } as const;

/**
 * The answers of two systems to the first questions of `triviaqa-5-systems` in `folder`, and the shipped answers of two
 * small models as the new task. All are as a log behind one alias has them: without the names of model and task, so that
 * nothing but the answers themselves shows that something has changed.
 */
export function worldOf(folder: string, questions = Number.POSITIVE_INFINITY): World {
  const trivia = fiveSystems(folder, questions);
  const small = shipped(['smollm2', 'gemma']);
  return worldFrom({
    first: trivia.filter(({ model }) => model === SYSTEMS.first),
    second: trivia.filter(({ model }) => model === SYSTEMS.second),
    task: small.filter(({ samples }) => (samples ?? []).length > 0),
  });
}

/** Error: an answer without a label. */
export function worldFrom(records: Readonly<Record<Source, readonly AnswerRecord[]>>): World {
  const collector = new TrainingDataCollector(0);
  const rows = new Map(SOURCES.map((source) => [source, new Map<string, number[]>()]));
  let row = 0;
  for (const source of SOURCES) {
    const found = rows.get(source)!;
    for (const record of records[source]) {
      if (!collector.add(asLogged(record), source, row + 1)) throw new Error(`${record.id} has no label`);
      const question = record.group ?? record.id;
      found.set(question, [...(found.get(question) ?? []), row++]);
    }
  }
  const [first, second, task] = SOURCES.map((source) => rows.get(source)!);
  const both = [...first.keys()].filter((question) => second.has(question));
  return {
    data: collector.finish(),
    questions: {
      first: both.map((question) => first.get(question)!),
      second: both.map((question) => second.get(question)!),
      task: [...task.values()],
    },
  };
}

/** What every answer of the log has: prompt, answer, and other answers to the same prompt. */
function asLogged({ id, group, prompt, answer, samples, labels }: AnswerRecord): AnswerRecord {
  return { id, group, prompt, answer, samples: (samples ?? []).map((sample) => ({ answer: sample.answer })), labels };
}
