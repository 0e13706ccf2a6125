import { VouchError } from '../../support/errors.js';
import { choiceLetter } from './choice-letter.js';
import { containedAlias } from './contained-alias.js';
import { exactMatch } from './exact-match.js';
import type { Labeller } from './labeller.js';
import { numeric } from './numeric.js';
import { tokenF1 } from './token-f1.js';

/** All labellers, in the order of the help. */
export const labellers: readonly Labeller[] = [exactMatch, containedAlias, numeric, choiceLetter, tokenF1];

const byName = new Map<string, Labeller>();
for (const labeller of labellers) {
  for (const name of [labeller.name, ...labeller.aliases]) {
    const key = name.toLowerCase();
    if (byName.has(key)) throw new Error(`two labellers are called ${name}`);
    byName.set(key, labeller);
  }
}

/**
 * The labeller with a name or alias, in any case: ours, or one of `own` (labellers of plug-ins). Error: BAD_USAGE with
 * all names.
 */
export function labelWith(name: string, own: readonly Labeller[] = []): Labeller {
  const key = name.toLowerCase();
  const isNamed = (known: Labeller) => [known.name, ...known.aliases].some((each) => each.toLowerCase() === key);
  const labeller = byName.get(key) ?? own.find(isNamed);
  if (labeller !== undefined) return labeller;
  const expected = [...labellers, ...own].map((known) => [known.name, ...known.aliases].join(' or ')).join(', ');
  throw new VouchError('BAD_USAGE', 'there is no labeller with this name', { expected, got: name });
}
