import type { Alternative } from '../../data/record.js';
import type { Feature } from '../feature.js';
import type { View } from '../view.js';
import { decisionOf } from './decision.js';
import { fastExp } from './fast-exp.js';
import { LEAST_LOGPROB } from './least.js';
import { filledWith } from './table/fill.js';

const shared = {
  version: 2,
  towards: 'right',
  unless: 'the answer names no option, no yes or no, and no number',
} as const;

/** Where an answer reasons first, only this word is graded. */
export const decisiveLogprob: Feature = {
  ...shared,
  name: 'tokens.decisiveLogprob',
  plain: 'Probability of the decisive word (option, yes or no, or last number)',
  shown: 'logprob',
  says:
    "Log-probability of the decisive word: Σ_t ℓ_t over the tokens of the option's letter, of the yes or no, or " +
    'else of the last number.',
  needs: 'tokens',
  range: [-1e6, 0],
  of: ({ tokens, keyTokens: { decisive, decided } }) => {
    let total = 0;
    for (let t = decisive; t < decided; t++) total += tokens.logprob[t];
    return decided === 0 ? NaN : total;
  },
};

export const decisiveMargin: Feature = {
  ...shared,
  name: 'tokens.decisiveMargin',
  plain: 'Chosen token against the best other one, at the decisive word',
  shown: 'odds',
  says: 'The least margin at the tokens of the decisive word.',
  needs: 'tokens.top',
  range: [LEAST_LOGPROB, -LEAST_LOGPROB],
  of: ({ tokens, keyTokens: { decisive, decided } }) => {
    let least = Number.POSITIVE_INFINITY;
    for (let t = decisive; t < decided; t++) if (tokens.margin[t] < least) least = tokens.margin[t];
    return decided === 0 ? NaN : least;
  },
};

/**
 * Spellings such as " Yes" and "yes" count as the same. Where no alternative names another option, the least
 * probability of the k counts for it; where fewer than k are listed, that is the one filled in. Where `choices` is
 * recorded, it has the same.
 */
export const decisiveOdds: Feature = {
  ...shared,
  name: 'tokens.decisiveOdds',
  plain: 'The decision against all other ones',
  shown: 'odds',
  says:
    'Log-odds of the decision: ln Σ p of the alternatives that name the same option, or the same of yes and no, ' +
    'minus ln Σ p of those that name another.',
  needs: 'tokens.top',
  unless: 'the answer names no option, and no yes or no, by a token of its own',
  range: [LEAST_LOGPROB, -LEAST_LOGPROB],
  of: oddsOf,
};

function oddsOf({ record, topK, tokens, keyTokens: { decisive, decided } }: View): number {
  if (decided !== decisive + 1) return NaN;
  const { token, top } = record.tokens!.at(tokens.place[decisive])!;
  const own = decisionOf(token);
  if (own === 0) return NaN;
  let same = 0;
  let other = 0;
  let mass = 0;
  let least = 1;
  const listed = greatest(top ?? [], topK);
  for (const { token: text, logprob } of listed) {
    const p = fastExp(Math.min(0, Math.max(logprob!, LEAST_LOGPROB)));
    const said = decisionOf(text);
    if (said === own) same += p;
    else if (said !== 0 && said > 0 === own > 0) other += p;
    mass += p;
    if (p < least) least = p;
  }
  const chosen = fastExp(tokens.logprob[decisive]);
  if (listed.length === 0) mass = least = chosen;
  const lacking = topK - Math.max(1, listed.length);
  if (lacking > 0) least = fastExp(filledWith(Math.log(least), 1 - mass, lacking));
  return Math.log(Math.min(1, Math.max(same, chosen))) - Math.log(Math.min(1, Math.max(other, least)));
}

/** The k likeliest alternatives. If there are no more than k, all of them in their given order. */
function greatest(top: readonly Alternative[], k: number): readonly Alternative[] {
  const usable = top.filter(({ logprob }) => logprob != null && !Number.isNaN(logprob));
  return usable.length <= k ? usable : usable.sort((a, b) => b.logprob! - a.logprob!).slice(0, k);
}
