import { sourceKind } from '../label-sources.js';
import type { Label } from '../record.js';

/** The name for a label without a name, next to scores that have one; `--label-name label` selects it. */
export const NAMELESS = 'label';

/**
 * The names of an answer's labels if they are different scores, which have no common mean: two names, or a name and an
 * unnamed label of the same rank. null if they may be combined; for example, an unnamed human label takes precedence
 * over an automatic score.
 */
export function scoresApart(labels: readonly Pick<Label, 'name' | 'source'>[]): string[] | null {
  const names = new Set<string>();
  let isNameless = false;
  for (const { name } of labels) {
    if (name == null) isNameless = true;
    else names.add(name);
  }
  if (names.size === 0) return null;
  if (names.size > 1) return [...names, ...(isNameless ? [NAMELESS] : [])];
  if (!isNameless) return null;
  const rank = (label: Pick<Label, 'source'>) => sourceKind(label.source) === 'human';
  const ranks = new Set(labels.filter(({ name }) => name != null).map(rank));
  const mixed = labels.some((label) => label.name == null && ranks.has(rank(label)));
  return mixed ? [...names, NAMELESS] : null;
}
