import type { Feature } from '../feature.js';
import { LEAST } from './choice-table.js';

const shared = { version: 1, needs: 'choices', towards: 'right' } as const;
const MOST = -Math.log(LEAST);

/** Probability of the likeliest option. */
export const topChoice: Feature = { ...shared, name: 'choices.top', range: [0, 1], of: ({ choices }) => choices.top };

/** Log-odds of the likeliest option against all that is left, summed and not subtracted: ln p₁ − ln Σ_{o≠1} p_o. */
export const topChoiceLogit: Feature = {
  ...shared,
  name: 'choices.top.logit',
  range: [-MOST, MOST],
  of: ({ choices }) => logOdds(choices.top, choices.others),
};

/** Probability of the option the answer names; of the likeliest where it names none. */
export const chosenChoice: Feature = {
  ...shared,
  name: 'choices.chosen',
  range: [0, 1],
  of: ({ choices }) => choices.chosenP,
};

/** Log-odds of the chosen option against all that is left. */
export const chosenChoiceLogit: Feature = {
  ...shared,
  name: 'choices.chosen.logit',
  range: [-MOST, MOST],
  of: ({ choices }) => logOdds(choices.chosenP, choices.chosenOthers),
};

/** Margin: p₁ − p₂. */
export const choiceMargin: Feature = {
  ...shared,
  name: 'choices.margin',
  range: [0, 1],
  of: ({ choices }) => choices.top - choices.second,
};

/** Log margin of the chosen option over its best rival: ln p − ln p_rival. Below 0 where the answer isn't the likeliest option. */
export const chosenMargin: Feature = {
  ...shared,
  name: 'choices.chosenMargin',
  range: [-MOST, MOST],
  of: ({ choices }) => logOdds(choices.chosenP, choices.rival),
};

function logOdds(p: number, q: number): number {
  return Math.log(Math.max(p, LEAST)) - Math.log(Math.max(q, LEAST));
}
