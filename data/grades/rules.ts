import { VouchError } from '../../support/errors.js';

/**
 * The user's rules for labels. They apply to the grades file, or to the answers' own labels if there is no grades file.
 */
export interface LabelRules {
  /** Column (or dotted path) with the grade. */
  column?: string;
  /** Meaning of values: lower-case text → 0..1, or null for no grade. Values that are not listed are errors. */
  values?: Readonly<Record<string, number | null>>;
  /** Numbers from here on are correct, lower ones are wrong. */
  threshold?: number;
  /** Ends of a scale that is read as a share: 1 and 5 for stars. */
  scale?: readonly [low: number, high: number];
  /** Which of several scores is the label. */
  name?: string;
  /** Who gave the labels whose own source is unknown. */
  source?: string;
  /** Whether several scores of one answer are refused (the default), or kept for inspection. */
  several?: 'refuse' | 'keep';
}

/** Reads `--label-values up=1,down=0,neutral=none`. Error: BAD_USAGE. */
export function valuesOf(text: string): Record<string, number | null> {
  const values: Record<string, number | null> = Object.create(null);
  for (const pair of text.split(',')) {
    const cut = pair.lastIndexOf('=');
    const word = pair.slice(0, cut).trim().toLowerCase();
    const said = pair
      .slice(cut + 1)
      .trim()
      .toLowerCase();
    const value = said === 'none' || said === '' ? null : Number(said);
    if (cut <= 0 || word === '' || (value !== null && !(value >= 0 && value <= 1)) || word in values) {
      throw new VouchError('BAD_USAGE', 'cannot read --label-values', {
        field: '--label-values',
        expected: 'VALUE=GRADE,… with grades in 0..1, or none; each value once',
        got: word in values ? `${text} (${word} twice)` : text,
      });
    }
    values[word] = value;
  }
  return values;
}

/** Reads `--label-scale 1..5`. Error: BAD_USAGE. */
export function scaleOf(text: string): [number, number] {
  const match = /^\s*(-?[\d.]*\d)\s*\.\.\s*(-?[\d.]*\d)\s*$/.exec(text);
  const [low, high] = match === null ? [Number.NaN, Number.NaN] : [Number(match[1]), Number(match[2])];
  if (low < high) return [low, high];
  throw new VouchError('BAD_USAGE', 'cannot read --label-scale', {
    field: '--label-scale',
    expected: 'LOW..HIGH, such as 1..5',
    got: text,
  });
}

/** Whether grades are read by a rule of the user, not by the built-in conventions. */
export function isReadByRule({ values, threshold, scale }: LabelRules): boolean {
  return values !== undefined || threshold !== undefined || scale !== undefined;
}

/** Error: BAD_USAGE if two rules contradict each other. */
export function checkRules(rules: LabelRules): LabelRules {
  const given = (['values', 'threshold', 'scale'] as const).filter((key) => rules[key] !== undefined);
  if (given.length < 2) return rules;
  throw new VouchError('BAD_USAGE', 'only one option may say how grades are read', {
    field: 'labelRules',
    expected: 'one of values, threshold, scale',
    got: given.join(' and '),
  });
}
