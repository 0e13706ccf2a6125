import type { Feature } from '../feature.js';
import { LOGIT_MOST, logit } from '../twins.js';
import type { View } from '../view.js';

const shared = {
  version: 1,
  needs: 'verifiers',
  towards: 'right',
  unless: 'no verifier gave a number in 0..1',
  range: [0, 1],
} as const;

/** Combines the verifiers' scores that lie in 0..1 by `step`, and counts them. */
function fold(
  { record }: View,
  start: number,
  step: (state: number, score: number) => number,
): { state: number; n: number } {
  let state = start;
  let n = 0;
  const verifiers = record.verifiers ?? {};
  for (const name in verifiers) {
    const score = verifiers[name];
    if (score == null || !(score >= 0 && score <= 1)) continue;
    state = step(state, score);
    n++;
  }
  return { state, n };
}

export const panelMean: Feature = {
  ...shared,
  name: 'panel.mean',
  plain: 'Mean score of the verifiers',
  shown: 'probability',
  says: 'Mean score of all verifiers whose score lies in 0..1. It remains usable where single verifiers are missing.',
  of: (view) => {
    const { state, n } = fold(view, 0, (total, score) => total + score);
    return n === 0 ? NaN : state / n;
  },
};

export const panelLeast: Feature = {
  ...shared,
  name: 'panel.least',
  shown: 'probability',
  says: 'The lowest score of a verifier.',
  of: (view) => {
    const { state, n } = fold(view, 1, Math.min);
    return n === 0 ? NaN : state;
  },
};

export const panelMost: Feature = {
  ...shared,
  name: 'panel.most',
  shown: 'probability',
  says: 'The highest score of a verifier.',
  of: (view) => {
    const { state, n } = fold(view, 0, Math.max);
    return n === 0 ? NaN : state;
  },
};

export const panelDeviation: Feature = {
  ...shared,
  towards: 'wrong',
  range: [0, 0.5],
  name: 'panel.spread',
  shown: 'number',
  says: "Standard deviation of the verifiers' scores. It is large where they disagree.",
  of: (view) => {
    const total = fold(view, 0, (sum, score) => sum + score);
    const centre = total.state / total.n;
    const squares = fold(view, 0, (sum, score) => sum + (score - centre) ** 2);
    return total.n === 0 ? NaN : Math.sqrt(squares.state / total.n);
  },
};

export const panelLogit: Feature = {
  ...shared,
  name: 'panel.logit',
  plain: 'Score of the verifiers, averaged as log-odds',
  shown: 'logit',
  says: "Mean logit of the verifiers' scores. A verifier that is nearly certain weighs more than in the mean.",
  source: 'Satopää et al. 2014, logit pooling, without their exponent that makes the result more extreme',
  range: [-LOGIT_MOST, LOGIT_MOST],
  of: (view) => {
    const { state, n } = fold(view, 0, (total, score) => total + logit(score));
    return n === 0 ? NaN : state / n;
  },
};

export const panelVote: Feature = {
  ...shared,
  name: 'panel.vote',
  shown: 'share',
  says: 'Share of the verifiers whose score is above one half; a score of one half counts half.',
  of: (view) => {
    const { state, n } = fold(view, 0, (votes, score) => votes + (score > 0.5 ? 1 : score < 0.5 ? 0 : 0.5));
    return n === 0 ? NaN : state / n;
  },
};
