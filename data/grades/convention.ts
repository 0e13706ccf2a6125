import { VouchError } from '../../support/errors.js';
import { GRADES, gradeNumber, isUngraded, wordGrade } from '../grade.js';
import type { LabelRules } from './rules.js';

/** The file and line of a value. */
export interface At {
  file: string;
  line: number;
}

/** How the values of one column (or of one score) are read. Values read so far determine what later ones mean. */
export interface Convention {
  /** The label that a value means; null for no grade. Errors: BAD_LABEL. */
  of(value: unknown, at: At): number | null;
  /** Error: BAD_LABEL if the column as a whole cannot be read, or if its values are still ambiguous at the end. */
  finish(): void;
  /** The error if the column as a whole was refused. Then every row would be read wrongly, so none may be skipped. */
  readonly refused: VouchError | null;
}

/**
 * Inspect's letters: correct, incorrect, partial, no answer. They are accepted only together, because a single letter
 * may be an option of a multiple choice.
 */
const LETTERS: Record<string, number> = { c: 1, i: 0, p: 0.5, n: 0 };

/**
 * Reads grades by the user's rules, else by what is unambiguous: pairs of words, shares in 0..1, thumbs as 1 and −1,
 * Inspect's letters. It refuses a column that mixes −1 with 0, numbers on another scale, and single letters; the error
 * says which option resolves it.
 */
export function newConvention(field: string, rules: LabelRules): Convention {
  const { values, threshold, scale } = rules;
  let minus: At | undefined;
  let zero: At | undefined;
  let partial: At | undefined;
  let isLetters = false;
  let isFail = false;
  let refused: VouchError | null = null;

  const refuse = (what: string, at: At, got: unknown, hint: string): VouchError => {
    refused ??= new VouchError('BAD_LABEL', what, { ...at, field, expected: GRADES, got, hint });
    return refused;
  };

  const numeric = (number: number, value: unknown, at: At): number => {
    if (threshold !== undefined) return number >= threshold ? 1 : 0;
    if (scale !== undefined) {
      const share = (number - scale[0]) / (scale[1] - scale[0]);
      if (share >= 0 && share <= 1) return share;
      throw refuse('is outside the scale', at, value, `--label-scale says ${scale[0]} to ${scale[1]}.`);
    }
    if (number === -1) minus ??= at;
    else if (number >= 0 && number < 1) zero ??= at;
    else if (number !== 1) throw refuse('is a grade on another scale', at, value, scaleHint(number));
    if (minus !== undefined && zero !== undefined) {
      const places = `−1 in line ${minus.line}, ${zero === at ? value : 'a number in 0..1'} in line ${zero.line}`;
      throw refuse(`the column mixes −1 with numbers in 0..1 (${places})`, at, value, MIX_HINT);
    }
    return number === -1 ? 0 : number;
  };

  const letter = (word: string, value: unknown, at: At): number => {
    const label = LETTERS[word];
    if (label === undefined) {
      throw refuse(
        'is a letter without a known meaning',
        at,
        value,
        `Say what each means: --label-values ${word}=1,….`,
      );
    }
    if (word === 'p') partial ??= at;
    else isLetters = true;
    if (partial !== undefined && isFail) throw refuse('the column has both P and F', at, value, PARTIAL_HINT);
    return label;
  };

  return {
    of(value, at) {
      if (values !== undefined) {
        const said = saidOf(value, values);
        if (said !== undefined) return said;
      }
      if (isUngraded(value)) return null;
      if (values !== undefined) {
        const hint = 'Add its meaning to --label-values, or VALUE=none if it is no grade.';
        throw refuse('is not listed in --label-values', at, value, hint);
      }
      if (typeof value === 'boolean') return value ? 1 : 0;
      const number = gradeNumber(value);
      if (!Number.isNaN(number)) return numeric(number, value, at);
      if (typeof value === 'string') {
        const word = value.trim().toLowerCase();
        const known = wordGrade(word);
        if (word === 'f') isFail = true;
        if (isFail && partial !== undefined) throw refuse('the column has both P and F', at, value, PARTIAL_HINT);
        if (known !== undefined) return known;
        if (/^[a-z]$/.test(word)) return letter(word, value, at);
      }
      const hint = typeof value === 'string' ? `Say what it means: --label-values "${value.trim()}=1",….` : undefined;
      throw new VouchError('BAD_LABEL', 'cannot be read as a grade', {
        ...at,
        field,
        expected: GRADES,
        got: value,
        ...(hint === undefined ? {} : { hint }),
      });
    },
    finish() {
      if (refused === null && partial !== undefined && !isLetters) {
        throw refuse('the column has P without C or I', partial, 'P', PARTIAL_HINT);
      }
      if (refused !== null) throw refused;
    },
    get refused() {
      return refused;
    },
  };
}

const MIX_HINT = 'Say what each means: --label-values 1=1,-1=0,0=none.';
const PARTIAL_HINT = 'P may be "partial" or "pass". Say which: --label-values C=1,P=0.5,I=0 or --label-values P=1,F=0.';

function scaleHint(number: number): string {
  const high = number <= 5 ? 5 : number <= 10 ? 10 : 100;
  const [low, right] = high === 100 ? [0, 50] : [1, high - 1];
  if (number < 0 || number > 100) {
    return (
      'Say how to read it: --label-threshold T (T and more are right), ' +
      '--label-scale LOW..HIGH (a share) or --label-values.'
    );
  }
  const kind = high === 5 ? 'Stars from 1 to 5?' : `A scale up to ${high}?`;
  const share = low === 0 ? 'x/100' : `(x − 1)/${high - 1}`;
  return (
    `${kind} Say how to read them: --label-threshold ${right} (${right} and more are right), ` +
    `--label-scale ${low}..${high} (shares, ${share}) or --label-values.`
  );
}

/** What `--label-values` says about a value; numbers are compared as numbers. undefined if the value is not listed. */
function saidOf(value: unknown, values: Readonly<Record<string, number | null>>): number | null | undefined {
  const word = value == null ? '' : String(value).trim().toLowerCase();
  if (Object.hasOwn(values, word)) return values[word];
  const number = typeof value === 'boolean' ? Number.NaN : gradeNumber(value);
  if (Number.isNaN(number)) return undefined;
  const key = Object.keys(values).find((known) => known !== '' && Number(known) === number);
  return key === undefined ? undefined : values[key];
}
