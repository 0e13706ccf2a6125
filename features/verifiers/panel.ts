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

/** Sum, least, greatest and number of verifiers' scores in 0..1, folded by the caller. */
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

/** Mean score of all verifiers that speak in 0..1: the panel's view where single members are missing. */
export const panelMean: Feature = {
  ...shared,
  name: 'panel.mean',
  of: (view) => {
    const { state, n } = fold(view, 0, (total, score) => total + score);
    return n === 0 ? NaN : state / n;
  },
};

/** The lowest score. */
export const panelLeast: Feature = {
  ...shared,
  name: 'panel.least',
  of: (view) => {
    const { state, n } = fold(view, 1, Math.min);
    return n === 0 ? NaN : state;
  },
};

/** The highest score. */
export const panelMost: Feature = {
  ...shared,
  name: 'panel.most',
  of: (view) => {
    const { state, n } = fold(view, 0, Math.max);
    return n === 0 ? NaN : state;
  },
};

/** Standard deviation of the scores: verifiers that disagree. */
export const panelDeviation: Feature = {
  ...shared,
  towards: 'wrong',
  range: [0, 0.5],
  name: 'panel.spread',
  of: (view) => {
    const total = fold(view, 0, (sum, score) => sum + score);
    const centre = total.state / total.n;
    const squares = fold(view, 0, (sum, score) => sum + (score - centre) ** 2);
    return total.n === 0 ? NaN : Math.sqrt(squares.state / total.n);
  },
};

/** Mean logit of the scores: the panel's view where one member is nearly sure. Source: Satopää et al. 2014, logit pooling. */
export const panelLogit: Feature = {
  ...shared,
  name: 'panel.logit',
  range: [-LOGIT_MOST, LOGIT_MOST],
  of: (view) => {
    const { state, n } = fold(view, 0, (total, score) => total + logit(score));
    return n === 0 ? NaN : state / n;
  },
};

/** Share of the scores above one half: the panel's vote. */
export const panelVote: Feature = {
  ...shared,
  name: 'panel.vote',
  of: (view) => {
    const { state, n } = fold(view, 0, (votes, score) => votes + (score > 0.5 ? 1 : score < 0.5 ? 0 : 0.5));
    return n === 0 ? NaN : state / n;
  },
};
