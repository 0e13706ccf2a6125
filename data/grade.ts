/** Words people write for right and wrong, in lower case. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ...['true', 't', 'yes', 'y', 'right', 'correct', 'pass', 'passed', 'good'].map((word) => [word, 1] as const),
  ...['false', 'f', 'no', 'n', 'wrong', 'incorrect', 'fail', 'failed', 'bad'].map((word) => [word, 0] as const),
  ...['up', 'thumb up', 'thumbs up', 'upvote', 'like', 'liked', '👍'].map((word) => [word, 1] as const),
  ...['down', 'thumb down', 'thumbs down', 'downvote', 'dislike', 'disliked', '👎'].map((word) => [word, 0] as const),
  // what spreadsheets write for true and false in other languages, and yes and no there
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

/** What a grade may be, for errors. */
export const GRADES =
  '1 or 0, true or false, yes or no, right or wrong, correct or incorrect, pass or fail, up or down, or a number in 0..1';

/** Whether there is no grade yet: empty, null, NaN as pandas writes it. */
export function isUngraded(value: unknown): boolean {
  if (value == null) return true;
  if (typeof value === 'number') return Number.isNaN(value);
  return typeof value === 'string' && NONE.has(value.trim().toLowerCase());
}

/** The label that a word means; undefined where it is none of the known ones. `_` and `-` count as spaces, a skin tone as nothing. */
export function wordGrade(text: string): number | undefined {
  const word = text.trim().toLowerCase();
  return WORDS.get(word) ?? WORDS.get(word.replace(/[\s_-]+/g, ' ').replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, ''));
}

/** The number in a cell; NaN where it is none. A comma between digits is a decimal one: grades have no thousands. */
export function gradeNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN;
  return Number(value.trim().replace(/^([+-]?\d*),(\d+)$/, '$1.$2'));
}

/**
 * The label that one cell means, in 0..1, with nothing known of the cells beside it: numbers, true/false, yes/no, right/wrong,
 * up/down and the like in any case. null where there is none yet; NaN where it cannot be read or lies outside. What −1, stars and
 * single letters mean takes the whole column: `grades/convention.ts`.
 */
export function gradeOf(value: unknown): number | null {
  if (isUngraded(value)) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const known = typeof value === 'string' ? wordGrade(value) : undefined;
  if (known !== undefined) return known;
  const number = typeof value === 'string' ? Number(value) : gradeNumber(value);
  return number >= 0 && number <= 1 ? number : Number.NaN;
}
