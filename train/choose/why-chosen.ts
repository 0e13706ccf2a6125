import { isSimple } from '../learn/learner.js';

/** A candidate as far as its choice is explained: log-loss, and its difference from the best of those that may ship. */
export interface Explained {
  name: string;
  logLoss: number;
  difference: number;
  chosen: boolean;
}

/** Why a learner ships, in one clause; `few`: on so few questions that the blend comes first (`selectLearner`). */
export function whyLearner(candidates: readonly Explained[], few: boolean): string {
  const chosen = candidates.find((candidate) => candidate.chosen) as Explained;
  const hasBlend = candidates.some(({ name }) => name === 'blend');
  if (!few || !hasBlend) return whySimplest(candidates);
  if (chosen.name === 'blend') {
    const simple = candidates.some(({ name }) => isSimple(name as 'rate'));
    return `on few questions the blend ships${simple ? ', as no simple way is better by two paired standard errors' : ''}`;
  }
  return `${chosen.name} is better than the blend by more than two paired standard errors`;
}

/** Why the simplest within one standard error ships, in one clause. */
export function whySimplest(candidates: readonly Explained[]): string {
  const best = candidates.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
  const chosen = candidates.find((candidate) => candidate.chosen) as Explained;
  return chosen.name === best.name
    ? `${chosen.name} has the least out-of-fold log-loss`
    : `${chosen.name} is simpler than ${best.name} and within one paired standard error of it (${chosen.difference.toFixed(4)} nats behind)`;
}
