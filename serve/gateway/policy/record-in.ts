import { checkAnswer } from '../../../data/check-record.js';
import type { Fields } from '../../../data/check-value.js';
import { type Naming, nameRecord } from '../../../data/naming.js';
import type { AnswerRecord } from '../../../data/record.js';
import type { Loaded } from '../../bundle/loaded.js';
import type { Received } from '../received.js';
import type { Ask } from '../upstream/ask.js';
import { isLong, SECONDS } from '../verdict/judge-aside.js';
import type { Judge } from '../verdict/judging.js';
import { readPair } from '../verdict/read-pair.js';
import { mark, originOf } from './arrived.js';
import { questionOf } from './asked-again.js';
import type { ReadAnswer } from './source.js';

/** What reading an answer needs, and how models and tasks are named. */
export interface Reading {
  judge: Pick<Judge, 'task' | 'limits' | 'failed' | 'logRecords'>;
  naming: Naming;
  /** The threads that read what is long. */
  side: Loaded['side'];
}

/** A response, and what of the `vouch` field of its request counts. */
interface Arriving {
  response: Fields;
  received: Received;
  /** Only what the field says about the question counts, because the answer is not the one that the client meant. */
  ofQuestion: boolean;
  signal: AbortSignal;
}

/**
 * The answers of a response as checked records; for one that is none, why. If request and response are long, a thread
 * reads them: then a record here has only its first token, and what scores it reads it again (`scoring.ts`).
 * Errors: BAD_RECORD; those of a thread.
 */
export async function recordsIn({ judge, naming, side }: Reading, ask: Ask, arriving: Arriving): Promise<ReadAnswer[]> {
  const { response, received, ofQuestion, signal } = arriving;
  const origin = originOf(judge, { ask, received, ofQuestion });
  const read = isLong(ask, received)
    ? await side.run(
        { kind: 'read', source: await origin.copy(), options: { logRecords: false } },
        { seconds: SECONDS, gone: () => signal.aborted, listener: { ...deaf, failed: judge.failed } },
      )
    : readResponse(judge, ask, response, ofQuestion);
  read.forEach((each, place) => {
    if ('scored' in each) return;
    mark(each, { origin, place });
    nameRecord(each, naming);
  });
  return read;
}

const deaf = { ran: () => {}, scored: () => {} };

/** The same at once, without names. Errors: BAD_RECORD. */
export function readResponse(
  judge: Pick<Judge, 'task' | 'limits' | 'failed'>,
  ask: Ask,
  response: Fields,
  ofQuestion: boolean,
): ReadAnswer[] {
  const asked = ofQuestion ? { ...ask, own: questionOf(ask.own) } : ask;
  return ask.api.answers(ask.body, response).map((pair) => {
    const { record, verdict } = readPair(judge, asked, pair);
    return record === null ? verdict : checkAnswer(record, 'answer', 1);
  });
}

/** The records among them. */
export function answersOnly(read: readonly ReadAnswer[]): AnswerRecord[] {
  return read.filter((each) => !('scored' in each)) as AnswerRecord[];
}
