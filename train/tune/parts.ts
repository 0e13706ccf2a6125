import { VouchError } from '../../support/errors.js';
import type { Random } from '../../support/random.js';
import type { TunePart } from './results.js';

/** The share of the questions in the validation and the test part. */
const SHARE = 0.1;
/** Fewer questions cannot be split. */
const LEAST = 10;

/**
 * The part of each question: 10% test, 10% validation, the others train. It depends on the names of the questions and
 * the seed alone, so sets of other kinds and formats made from the same answers have the same test questions. Error:
 * TOO_FEW_LABELS below 10 questions.
 */
export function partsOf(questions: readonly string[], random: Random): Map<string, TunePart> {
  if (questions.length < LEAST) {
    throw new VouchError('TOO_FEW_LABELS', 'too few questions to split into training, validation and test', {
      expected: `labelled answers to at least ${LEAST} questions`,
      got: questions.length,
    });
  }
  const order = random.shuffle([...questions].sort());
  const size = Math.round(SHARE * order.length);
  const partAt = (i: number): TunePart => (i < size ? 'test' : i < 2 * size ? 'validation' : 'train');
  return new Map(order.map((question, i) => [question, partAt(i)]));
}
