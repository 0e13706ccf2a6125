import { VouchError } from '../../support/errors.js';
import { NAMELESS } from './scores-apart.js';

/** How many labels each score has, by name. */
export interface NameCounts {
  count(name: string | null | undefined): void;
  /** `correctness (12), user-feedback (301)`. */
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
      const list = shown.slice(0, MOST).map(([name, n]) => `${name} (${n})`);
      return `${list.join(', ')}${shown.length > MOST ? `, and ${shown.length - MOST} more` : ''}`;
    },
    get size() {
      return counts.size;
    },
  };
}

const MOST = 12;

/** Several scores of one answer, with their names and counts in the sentence itself, as errors cut what they got. */
export function severalScores(
  counts: NameCounts,
  names: readonly string[],
  at: { file?: string; line?: number },
): VouchError {
  return new VouchError('BAD_LABEL', `one answer has several scores: ${counts.say()}`, {
    ...at,
    hint: `Say which one is the label: --label-name ${names[0]}. (Where the column names people, call it rater.)`,
  });
}

/** The score that was asked for is nowhere. */
export function noSuchScore(name: string, counts: NameCounts, file: string | undefined): VouchError {
  const there = counts.size === 0 ? 'no score has a name' : counts.say();
  return new VouchError('NO_LABELS', `no score is called "${name}"; there are: ${there}`, {
    ...(file === undefined ? {} : { file }),
    field: '--label-name',
  });
}
