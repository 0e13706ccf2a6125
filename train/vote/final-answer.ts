import { finalChoice } from '../../data/label/choice/final-choice.js';
import type { Options } from '../../data/label/choice/options.js';
import { numberOf, soleNumber } from '../../data/label/number/answer-number.js';
import type { FoundNumber } from '../../data/label/number/found-number.js';
import { isNear } from '../../data/label/number/near.js';
import { plainOf } from '../../data/label/number/numbers-in.js';

/** The final answer that a text states, as far as it can be read without understanding the text. */
export interface FinalAnswer {
  /** The option that it settles on, of those that the prompt lists; null for none. */
  option: string | null;
  /** The number that it gives as its answer; null for none. */
  number: FoundNumber | null;
  /** Whether the number is certainly the answer: in \boxed{}, after ####, or all that the text consists of. */
  isMarked: boolean;
}

export function finalAnswer(text: string, options: Options): FinalAnswer {
  const number = numberOf(text);
  return {
    option: options.texts.size < 2 ? null : finalChoice(text, options),
    number,
    isMarked: number !== null && (/####|\\boxed\{/.test(text) || soleNumber(plainOf(text)) !== null),
  };
}

/**
 * Whether two final answers are the same; null if they do not decide it. Options decide if both texts settle on one.
 * Numbers decide if both texts give one, and the question asks for a number or both mark theirs.
 */
export function sameFinal(a: FinalAnswer, b: FinalAnswer, asksNumber: boolean): boolean | null {
  if (a.option !== null && b.option !== null) return a.option === b.option;
  if (a.number === null || b.number === null || !(asksNumber || (a.isMarked && b.isMarked))) return null;
  return isSame(a.number, b.number);
}

function isSame(a: FoundNumber, b: FoundNumber): boolean {
  if (a.percent !== b.percent || a.plusMinus !== b.plusMinus) return false;
  if (a.unit !== undefined && b.unit !== undefined && a.unit !== b.unit) return false;
  return isNear(a.value, b.value);
}
