import { VouchError } from '../support/errors.js';
import { meantShare } from '../support/meant-share.js';
import { thousands } from '../support/words/thousands.js';

/** Numbers: an array or a typed array. */
export type Numbers = ArrayLike<number>;

/** Labels: 1 or true: right; 0 or false: wrong; a number between: partly right. */
export type Labels = ArrayLike<number | boolean>;

/** A name for each answer; answers with the same name belong together. */
export type Names = ArrayLike<string | number>;

/** A column of finite numbers. Error: BAD_USAGE with the column and the index of the first wrong value. */
export function numbersOf(field: string, values: Numbers, n: number): Float64Array {
  return checked(field, values, { n, expected: 'a finite number', isRight: Number.isFinite });
}

/** A column of labels in 0..1. Errors: BAD_USAGE; NO_LABELS if it is empty. */
export function labelsOf(field: string, values: Labels): Float64Array {
  if (values == null || values.length === 0) throw new VouchError('NO_LABELS', 'there are no labels', { field });
  return sharesOf(field, Array.from(values, Number), values.length);
}

/** A column of numbers in 0..1. Error: BAD_USAGE. */
export function sharesOf(field: string, values: Numbers, n: number): Float64Array {
  return checked(field, values, { n, expected: '0 to 1', isRight: (x) => x >= 0 && x <= 1 });
}

/** A column of weights; all 1 if absent. Error: BAD_USAGE. */
export function weightsOf(field: string, values: Numbers | undefined, n: number): Float64Array {
  if (values === undefined) return new Float64Array(n).fill(1);
  const weights = checked(field, values, {
    n,
    expected: 'a number, 0 or more',
    isRight: (x) => x >= 0 && x < Infinity,
  });
  if (weights.some((w) => w > 0)) return weights;
  throw new VouchError('BAD_USAGE', 'no weight is above 0', { field });
}

/** Names as numbers 0, 1, 2, … in order of appearance; if absent, each row has its own. Error: BAD_USAGE. */
export function groupsOf(field: string, values: Names | undefined, n: number): { group: Int32Array; count: number } {
  if (values === undefined) return { group: Int32Array.from({ length: n }, (_, i) => i), count: n };
  sameLength(field, values, n);
  const known = new Map<string | number, number>();
  const group = Int32Array.from(Array.from(values), (name) => {
    let at = known.get(name);
    if (at === undefined) known.set(name, (at = known.size));
    return at;
  });
  return { group, count: known.size };
}

/** A column of whole numbers from 0 to below `below`. Error: BAD_USAGE. */
export function indexesOf(field: string, values: Numbers, { n, below }: { n: number; below: number }): Int32Array {
  const isRight = (x: number) => Number.isInteger(x) && x >= 0 && x < below;
  return Int32Array.from(checked(field, values, { n, expected: `a whole number, 0 to ${below - 1}`, isRight }));
}

/** A share strictly between 0 and 1. Error: BAD_USAGE; for 5 it asks whether 0.05 was meant. */
export function openShare(field: string, value: number): number {
  if (value > 0 && value < 1) return value;
  const hint = meantShare(value);
  const detail = { field, expected: 'a share between 0 and 1', got: value };
  throw new VouchError('BAD_USAGE', 'this is not a share', hint === undefined ? detail : { ...detail, hint });
}

function checked(
  field: string,
  values: Numbers,
  { n, expected, isRight }: { n: number; expected: string; isRight: (value: number) => boolean },
): Float64Array {
  sameLength(field, values, n);
  const numbers = Float64Array.from(values);
  const wrong = numbers.findIndex((value, i) => typeof values[i] !== 'number' || !isRight(value));
  if (wrong < 0) return numbers;
  throw new VouchError('BAD_USAGE', 'this value cannot be used', {
    field: `${field}[${wrong}]`,
    expected,
    got: values[wrong],
  });
}

function sameLength(field: string, values: ArrayLike<unknown>, n: number): void {
  if (values?.length === n) return;
  const expected = `${thousands(n)} values, one per label`;
  throw new VouchError('BAD_USAGE', 'the columns differ in length', { field, expected, got: values?.length });
}
