import type { Feature } from '../feature.js';
import { LEAST } from './choice-table.js';

const shared = { version: 1, needs: 'choices', towards: 'right' } as const;
const MOST = -Math.log(LEAST);

export const topChoice: Feature = {
  ...shared,
  name: 'choices.top',
  shown: 'probability',
  says: 'Probability of the likeliest option.',
  range: [0, 1],
  of: ({ choices }) => choices.top,
};

/** The others are summed, not subtracted from 1, which keeps small probabilities exact. */
export const topChoiceLogit: Feature = {
  ...shared,
  name: 'choices.top.logit',
  plain: 'Probability of the likeliest option',
  shown: 'logit',
  says: 'Log-odds of the likeliest option against everything else: ln p₁ − ln Σ_{o≠1} p_o.',
  range: [-MOST, MOST],
  of: ({ choices }) => logOdds(choices.top, choices.others),
};

export const chosenChoice: Feature = {
  ...shared,
  name: 'choices.chosen',
  plain: 'Probability of the chosen option',
  shown: 'probability',
  says: 'Probability of the option that the answer names, or of the likeliest option where it names none.',
  range: [0, 1],
  of: ({ choices }) => choices.chosenP,
};

export const chosenChoiceLogit: Feature = {
  ...shared,
  name: 'choices.chosen.logit',
  plain: 'Probability of the chosen option',
  shown: 'logit',
  says: 'Log-odds of the chosen option against everything else.',
  range: [-MOST, MOST],
  of: ({ choices }) => logOdds(choices.chosenP, choices.chosenOthers),
};

export const choiceMargin: Feature = {
  ...shared,
  name: 'choices.margin',
  plain: 'Difference between the two greatest probabilities of options',
  shown: 'share',
  says: 'Difference between the two greatest probabilities: p₁ − p₂.',
  range: [0, 1],
  of: ({ choices }) => choices.top - choices.second,
};

export const chosenMargin: Feature = {
  ...shared,
  name: 'choices.chosenMargin',
  plain: 'Chosen option against the best other one',
  shown: 'odds',
  says:
    'Log-odds of the chosen option against the best other one: ln p − ln p_rival. ' +
    'It is below 0 where the answer is not the likeliest option.',
  range: [-MOST, MOST],
  of: ({ choices }) => logOdds(choices.chosenP, choices.rival),
};

function logOdds(p: number, q: number): number {
  return Math.log(Math.max(p, LEAST)) - Math.log(Math.max(q, LEAST));
}
