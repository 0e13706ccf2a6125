import { LONG } from '../../thread/long.js';
import { sharedCopy, sizeOf } from '../../thread/shared-copy.js';
import { inTurns } from '../../work/in-turns.js';
import type { Received } from '../received.js';
import type { Ask } from '../upstream/ask.js';
import type { Judge } from './judging.js';
import type { Verdict } from './verdict.js';

/** The most seconds that an answer waits for a thread, and that scoring it may take there. */
export const SECONDS = 30;

/** Whether request and answer together are too long to be scored on the event loop. */
export function isLong({ bytes }: Ask, { parts }: Received): boolean {
  return bytes.length + sizeOf(parts) > LONG;
}

/**
 * The result of `judge`, from a thread that reads request and answer again. Errors: TIMED_OUT, TOO_LARGE, those of a
 * thread.
 */
export async function judgeAside(judging: Judge, ask: Ask, received: Received, selected: boolean): Promise<Verdict[]> {
  const { live, task, limits, scored, failed, logRecords = false } = judging;
  const request = await inTurns(sharedCopy([ask.bytes]));
  const answer = await inTurns(sharedCopy(received.parts));
  const loaded = live.take();
  try {
    return await loaded.side.run(
      {
        ...{ kind: 'judge', format: ask.api.format, request, answer, stream: received.stream },
        ...{ selected, task, limits, options: { logRecords } },
      },
      { seconds: SECONDS, listener: { ran: () => {}, scored, failed } },
    );
  } finally {
    live.give(loaded);
  }
}
