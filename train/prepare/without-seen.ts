import { type SeenQuestions, seenTest } from '../../models/bundle/seen.js';
import { VouchError } from '../../support/errors.js';
import { thousands } from '../../support/words/thousands.js';
import { pickRows } from './pick-rows.js';
import type { TrainingData } from './training-data.js';

/** Answers to questions that a bundle was not trained on, and the number of answers that were left out. */
interface Unseen {
  data: TrainingData;
  left: { answers: number; questions: number };
}

/** Leaves out every question that was seen in any of its wordings. Error: NO_ANSWERS if nothing is left. */
export function withoutSeen(data: TrainingData, seen: readonly SeenQuestions[]): Unseen {
  const { questions } = data;
  if (seen.length === 0 || questions === undefined || data.n === 0) return { data, left: { answers: 0, questions: 0 } };
  const isSeen = seenTest(seen);
  const known = new Map<string, boolean>();
  const groups = new Set<number>();
  questions.forEach((question, row) => {
    if (question === null) return;
    if (!known.has(question)) known.set(question, isSeen(question));
    if (known.get(question)) groups.add(data.group[row]);
  });
  const rows = Int32Array.from(data.y.keys()).filter((row) => !groups.has(data.group[row]));
  if (rows.length === 0) {
    throw new VouchError(
      'NO_ANSWERS',
      `all ${thousands(data.n)} answers are to questions that the bundle was trained on`,
      {
        expected: 'answers to other questions',
        hint:
          'Evaluate on other answers, for example those that train --held-out wrote. To evaluate on these answers ' +
          'anyway, ' +
          'which gives figures that are too good, use --with-seen.',
      },
    );
  }
  const left = { answers: data.n - rows.length, questions: groups.size };
  return { data: left.answers === 0 ? data : pickRows(data, rows), left };
}

/** The hashes of the questions of the given rows. */
export function questionsOf({ questions }: TrainingData, rows: Int32Array): (string | null)[] {
  return Array.from(rows, (row) => questions?.[row] ?? null);
}
