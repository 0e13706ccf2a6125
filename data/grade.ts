/** Words people write for right and wrong. */
const WORDS: Record<string, number> = {
  ...Object.fromEntries(['true', 't', 'yes', 'y', 'right', 'correct', 'pass', 'passed'].map((word) => [word, 1])),
  ...Object.fromEntries(['false', 'f', 'no', 'n', 'wrong', 'incorrect', 'fail', 'failed'].map((word) => [word, 0])),
};

/** What a grade may be, for errors. */
export const GRADES = '1 or 0, true or false, yes or no, right or wrong, correct or incorrect, or a number in 0..1';

/**
 * The label a grade means, in 0..1: numbers, true/false, yes/no, right/wrong, correct/incorrect, pass/fail in any case.
 * null where there is none yet (empty, null, NaN as pandas writes it); NaN where it cannot be read or lies outside.
 */
export function gradeOf(value: unknown): number | null {
  if (value == null || (typeof value === 'number' && Number.isNaN(value))) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return gradeOf(Number(value));
  if (typeof value === 'number') return value >= 0 && value <= 1 ? value : Number.NaN;
  if (typeof value !== 'string') return Number.NaN;
  const word = value.trim().toLowerCase();
  if (word === '' || word === 'nan' || word === 'null' || word === 'none' || word === 'na') return null;
  const known = WORDS[word];
  if (known !== undefined) return known;
  const number = Number(word);
  return number >= 0 && number <= 1 ? number : Number.NaN;
}
