import { promptOf } from '../group.js';
import type { AnswerRecord } from '../record.js';
import { gradable, type Labeller } from './labeller.js';
import { numberOf, soleNumber } from './number/answer-number.js';
import { usesDecimalComma } from './number/decimal-comma.js';
import type { FoundNumber, Reading } from './number/found-number.js';
import { isNear } from './number/near.js';
import { plainOf } from './number/numbers-in.js';

/**
 * Numeric: 1 if the answer's number (`answer-number.ts`) equals that of a reference, else 0; null unless every
 * reference is a number. Numbers are equal to 1e-9, or to the decimals of the reference if the answer has more of them
 * (3.14 and 3.1416). 1.234 is a decimal number; in a text with a decimal comma it may also be 1234, and 1,234 may be a
 * decimal number. 50% equals 0.5, and equals 50 if one side omits the sign; 0.5% equals 0.5 only if the prompt asks for
 * percent. ±5 is not 5, and 5 km is not 5 miles; other units are ignored.
 */
export const numeric: Labeller = {
  name: 'numeric',
  aliases: ['number'],
  does: 'the number in the answer (in \\boxed{}, after "the answer is" or =, else the last) equals that of a reference',
  soft: false,
  of: (record) => {
    const gradables = gradable(record);
    if (gradables === null) return null;
    const right: FoundNumber[] = [];
    for (const reference of gradables.references) {
      const number = asNumber(reference);
      if (number === null) return null;
      right.push(number);
    }
    const given = numberOf(gradables.answer);
    const asked = conventions(gradables.answer, record);
    return Number(given !== null && right.some((reference) => isSame(given, reference, asked)));
  },
};

/**
 * A reference that is a number: with only a word such as "about" before it and at most three words of unit after it, or
 * after "####", or in a box.
 */
function asNumber(reference: string): FoundNumber | null {
  return /####|\\boxed\{/.test(reference) ? numberOf(reference) : soleNumber(plainOf(reference));
}

/** How to read the numbers of an answer. */
interface Conventions {
  decimalComma: boolean;
  /** Whether the prompt asks for a percentage. */
  percent: boolean;
}

function conventions(answer: string, record: Pick<AnswerRecord, 'prompt' | 'messages'>): Conventions {
  const prompt = promptOf(record);
  return {
    decimalComma: usesDecimalComma(answer) ?? usesDecimalComma(prompt) ?? false,
    percent:
      /percent|per cent|%|％|prozent|pourcent|pour cent|porcent|por ciento|por cento|процент|百分|パーセント|퍼센트/i.test(
        prompt,
      ),
  };
}

function isSame(given: FoundNumber, right: FoundNumber, { decimalComma, percent }: Conventions): boolean {
  if (given.plusMinus !== right.plusMinus) return false;
  if (given.unit !== undefined && right.unit !== undefined && given.unit !== right.unit) return false;
  const readings = (number: FoundNumber): Reading[] =>
    decimalComma && number.elsewhere !== undefined ? [number, number.elsewhere] : [number];
  return readings(given).some((mine) =>
    readings(right).some((theirs) => {
      const isShare = given.percent !== right.percent && Math.abs(theirs.value) < 1 && !percent;
      if (!isShare && isClose(mine, theirs)) return true;
      if (given.percent === right.percent) return false;
      return given.percent
        ? isClose({ value: mine.value / 100, decimals: 0 }, { ...theirs, decimals: 0 })
        : isClose({ ...mine, decimals: 0 }, { value: theirs.value / 100, decimals: 0 });
    }),
  );
}

function isClose(given: Reading, right: Reading): boolean {
  const rounds = right.decimals > 0 && Number.isFinite(right.decimals) && given.decimals > right.decimals;
  const slack = rounds ? 0.5 * 10 ** -right.decimals : 0;
  return isNear(given.value, right.value, slack);
}
