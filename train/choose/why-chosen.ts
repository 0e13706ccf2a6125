import { isSimple } from '../learn/list.js';

/** What is needed to explain the choice of a candidate: log-loss, and difference from the best allowed candidate. */
export interface Explained {
  name: string;
  logLoss: number;
  difference: number;
  chosen: boolean;
}

/** Why a learner was chosen, in one clause; `few`: so few questions that the blend comes first (`selectLearner`). */
export function whyLearner(candidates: readonly Explained[], few: boolean): string {
  const chosen = candidates.find((candidate) => candidate.chosen) as Explained;
  const hasBlend = candidates.some(({ name }) => name === 'blend');
  if (!few || !hasBlend) return whySimplest(candidates);
  if (chosen.name === 'blend') {
    const simple = candidates.some(({ name }) => isSimple(name as 'rate'));
    const because = simple ? ', because no simple baseline is better by two paired standard errors' : '';
    return `on few questions the blend is chosen${because}`;
  }
  return `${chosen.name} is better than the blend by more than two paired standard errors`;
}

/** Why the simplest candidate within one standard error was chosen, in one clause. */
export function whySimplest(candidates: readonly Explained[]): string {
  const best = candidates.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
  const chosen = candidates.find((candidate) => candidate.chosen) as Explained;
  return chosen.name === best.name
    ? `${chosen.name} has the lowest out-of-fold log-loss`
    : `${chosen.name} is simpler than ${best.name} and within one paired standard error of it ` +
        `(${chosen.difference.toFixed(4)} nats behind)`;
}
