import type { AnswerSource } from '../data/read/answer-source.js';
import { type ReadOptions, readAnswers } from '../data/read/answers.js';
import { writeJsonLines } from '../data/write/json-lines.js';
import { VouchError } from '../support/errors.js';
import type { TrainOptions } from '../train/options.js';

/**
 * Reads the answers a second time and writes those whose id is in `ids`, with their labels, as canonical JSON Lines.
 * Records in memory must be a list, because an iterable may be readable only once.
 */
export async function writeHeldOut(
  answers: AnswerSource,
  options: ReadOptions,
  ids: Set<string>,
  path: string,
): Promise<void> {
  const out = await writeJsonLines(path);
  try {
    for await (const { records } of readAnswers(answers, options)) {
      for (const record of records) if (ids.has(record.id)) await out.write(record);
    }
    await out.close();
  } catch (error) {
    await out.abort();
    throw error;
  }
}

/** Holding answers out needs a part that only certifies: no cross-fitting and no refit. Error: BAD_USAGE. */
export function holdingOut(options: TrainOptions): TrainOptions {
  const against = options.certify === 'cross' ? 'certify: cross' : options.refit === 'always' ? 'refit: always' : null;
  if (against !== null) {
    throw new VouchError('BAD_USAGE', `${against} trains on every answer, so none can be held out`, {
      field: 'heldOut',
      hint: 'Leave certify and refit out: heldOut sets them.',
    });
  }
  return { ...options, certify: 'split', refit: 'never' };
}
