/** Words that people write for correct (1) and wrong (0), in lower case. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ...['true', 't', 'yes', 'y', 'right', 'correct', 'pass', 'passed', 'good'].map((word) => [word, 1] as const),
  ...['false', 'f', 'no', 'n', 'wrong', 'incorrect', 'fail', 'failed', 'bad'].map((word) => [word, 0] as const),
  ...['up', 'thumb up', 'thumbs up', 'upvote', 'like', 'liked', '👍'].map((word) => [word, 1] as const),
  ...['down', 'thumb down', 'thumbs down', 'downvote', 'dislike', 'disliked', '👎'].map((word) => [word, 0] as const),
  // true, false, yes and no in other languages, as spreadsheets write them
  ...[
    'wahr',
    'richtig',
    'ja',
    'vrai',
    'oui',
    'verdadero',
    'sí',
    'si',
    'vero',
    'verdadeiro',
    'sim',
    'waar',
    'prawda',
    'tak',
  ].map((word) => [word, 1] as const),
  ...['falsch', 'nein', 'faux', 'non', 'falso', 'não', 'nao', 'onwaar', 'nee', 'fałsz', 'nie'].map(
    (word) => [word, 0] as const,
  ),
  ...['истина', 'да', '是', '对', '對', '正确', '正確', 'はい', '正解', '예', '정답'].map((word) => [word, 1] as const),
  ...['ложь', 'нет', '否', '错', '錯', '错误', '錯誤', 'いいえ', '不正解', '아니오', '오답'].map(
    (word) => [word, 0] as const,
  ),
]);

const NONE = new Set(['', 'nan', 'null', 'none', 'na', 'n/a', '<na>']);

/** The accepted grades, for error messages. */
export const GRADES =
  '1 or 0, true or false, yes or no, right or wrong, correct or incorrect, pass or fail, up or down, or ' +
  'a number in 0..1';

/** Whether a cell has no grade yet: empty, null, or NaN as pandas writes it. */
export function isUngraded(value: unknown): boolean {
  if (value == null) return true;
  if (typeof value === 'number') return Number.isNaN(value);
  return typeof value === 'string' && NONE.has(value.trim().toLowerCase());
}

/**
 * The label that a word means; undefined if the word is unknown. `_` and `-` count as spaces; skin tones of emoji are
 * ignored.
 */
export function wordGrade(text: string): number | undefined {
  const word = text.trim().toLowerCase();
  return WORDS.get(word) ?? WORDS.get(word.replace(/[\s_-]+/g, ' ').replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, ''));
}

/**
 * The number in a cell; NaN if it is not a number. A comma between digits is a decimal comma, because grades have no
 * thousands.
 */
export function gradeNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN;
  return Number(value.trim().replace(/^([+-]?\d*),(\d+)$/, '$1.$2'));
}

/**
 * The label that one cell means, in 0..1, without regard to other cells: numbers, true/false, yes/no, right/wrong,
 * up/down and similar words in any case. null if there is no grade yet; NaN if it cannot be read or is outside 0..1.
 * The meaning of −1, stars and single letters depends on the whole column: see `grades/convention.ts`.
 */
export function gradeOf(value: unknown): number | null {
  if (isUngraded(value)) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const known = typeof value === 'string' ? wordGrade(value) : undefined;
  if (known !== undefined) return known;
  const number = typeof value === 'string' ? Number(value) : gradeNumber(value);
  return number >= 0 && number <= 1 ? number : Number.NaN;
}
