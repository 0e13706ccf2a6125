import { VouchError } from '../../support/errors.js';
import { thousands } from '../../support/words/thousands.js';
import { NAMELESS } from './scores-apart.js';

/** Counts labels by the name of their score. */
export interface NameCounts {
  count(name: string | null | undefined): void;
  /** Lists names with counts: `correctness (12), user-feedback (301)`. */
  say(): string;
  readonly size: number;
}

export function nameCounts(): NameCounts {
  const counts = new Map<string, number>();
  return {
    count(name) {
      counts.set(name ?? NAMELESS, (counts.get(name ?? NAMELESS) ?? 0) + 1);
    },
    say() {
      const shown = [...counts];
      const list = shown.slice(0, MOST).map(([name, n]) => `${name} (${thousands(n)})`);
      return `${list.join(', ')}${shown.length > MOST ? `, and ${shown.length - MOST} more` : ''}`;
    },
    get size() {
      return counts.size;
    },
  };
}

const MOST = 12;

/**
 * The error for several scores of one answer. Names and counts are in its message, because long values of `got` are
 * cut.
 */
export function severalScores(
  counts: NameCounts,
  names: readonly string[],
  at: { file?: string; line?: number },
): VouchError {
  return new VouchError('BAD_LABEL', `one answer has several scores: ${counts.say()}`, {
    ...at,
    hint: `Say which one is the label: --label-name ${names[0]}. (If the column names people, call it rater.)`,
  });
}

/** The error for a requested score that no label has. */
export function noSuchScore(name: string, counts: NameCounts, file: string | undefined): VouchError {
  const there = counts.size === 0 ? 'no score has a name' : counts.say();
  return new VouchError('NO_LABELS', `no score is called "${name}"; there are: ${there}`, {
    ...(file === undefined ? {} : { file }),
    field: 'labelRules.name',
  });
}
