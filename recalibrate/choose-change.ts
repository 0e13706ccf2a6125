import type { Manifest } from '../models/bundle/manifest.js';
import type { PromiseVerdict } from '../report/evaluation/results.js';
import type { ChangeCandidate } from './candidates.js';
import type { ChangeMade } from './change.js';
import type { LabelUse } from './parts.js';

interface Choosing {
  candidates: readonly ChangeCandidate[];
  /** What the fit part says about the promises of the version in service. */
  promises: readonly PromiseVerdict[];
  use: LabelUse;
  claims: Manifest['thresholds'];
}

/** The change, and why. */
export interface Choice {
  change: ChangeMade;
  why: string;
}

/** The change that was asked for, else the smallest one that repairs; without one, whether the promise needs repair. */
export function chosenChange(asked: ChangeMade | null, { candidates, promises, use, claims }: Choosing): Choice {
  if (asked !== null) return { change: asked, why: 'asked for' };
  const { change } = candidates.find(({ chosen }) => chosen)!;
  if (change !== 'none') {
    return {
      change,
      why: 'the smallest change whose log-loss is within one standard error of the best, on questions it had not seen',
    };
  }
  const broken = promises.filter(({ verdict }) => verdict === 'broken');
  if (broken.length > 0) {
    return { change: 'threshold', why: 'the probabilities are as good as after any change, but a promise is broken' };
  }
  if (use !== 'feedback' && claims.every(({ threshold }) => threshold === null)) {
    return { change: 'threshold', why: 'the probabilities are as good as after any change, but nothing is certified' };
  }
  return { change: 'none', why: 'no change predicts unseen questions better by more than one standard error' };
}
