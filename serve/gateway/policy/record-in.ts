import { checkAnswer } from '../../../data/check-record.js';
import type { Fields } from '../../../data/check-value.js';
import { type Naming, nameRecord } from '../../../data/naming.js';
import type { AnswerRecord } from '../../../data/record.js';
import type { Ask } from '../upstream/ask.js';
import type { Judge } from '../verdict/judging.js';
import { readPair } from '../verdict/read-pair.js';
import type { Unscored } from '../verdict/verdict.js';

/** What reading an answer needs, and how models and tasks are named. */
export interface Reading {
  judge: Pick<Judge, 'task' | 'limits' | 'failed'>;
  naming: Naming;
}

/** The answers of a response as checked records; for one that is none, why. Errors: BAD_RECORD. */
export function recordsIn({ judge, naming }: Reading, ask: Ask, response: Fields): (AnswerRecord | Unscored)[] {
  return ask.api.answers(ask.body, response).map((pair) => {
    const { record, verdict } = readPair(judge, ask, pair);
    if (record === null) return verdict;
    const checked = checkAnswer(record, 'answer', 1);
    nameRecord(checked, naming);
    return checked;
  });
}

/** The records among them. */
export function answersOnly(read: readonly (AnswerRecord | Unscored)[]): AnswerRecord[] {
  return read.filter((each) => !('scored' in each)) as AnswerRecord[];
}
