import type { Random } from '../../support/random.js';
import { certifyChoice } from './certify-choice.js';
import type { Field } from './field.js';
import type { Fit } from './fitted.js';
import { frozenPolicy } from './freeze.js';
import type { Joint } from './joint.js';
import { measureOf } from './measure.js';
import { outcomesOf } from './outcome.js';
import { fitAndCertify, foldSplits } from './parts.js';
import type { Policy } from './policy.js';
import { tokensOf } from './quality.js';
import type { ChoiceClaim, PolicyQuality } from './results.js';

/** What certification needs: graded askings, the promise, and which policies the caller allows. */
interface CertifyOptions {
  /** The question of each asking. */
  group: Int32Array;
  /** The askings that are graded. */
  rows: Int32Array;
  counted: 'all' | 'written';
  targetError: number;
  confidence: number;
  certifyShare: number;
  resamples: number;
  random: Random;
  allows?: (policy: Policy) => boolean;
  /** Leaves out the advice on what could be certified instead. */
  isBrief?: boolean;
}

/** A policy with what was fitted for it: the joint probability, and the line for the chosen answer. */
export interface FittedPolicy extends Policy {
  joint: Joint;
  line: number[];
}

interface CertifiedPolicy {
  /** Fitted to all fit questions. */
  frozen: FittedPolicy;
  field: Field;
  /** The same policy for the fit questions themselves: each asking's fit has not seen its question. */
  own: ReadonlyMap<number, FittedPolicy>;
  claim: Omit<ChoiceClaim, 'answers'>;
  /** Measured on the certify questions alone; computed on demand. */
  quality: () => PolicyQuality;
  fitQuestions: number;
  certifyQuestions: number;
}

/**
 * Chooses, fits and plans on the fit questions, freezes that, and tests it once on the certify questions. Null if no
 * policy is allowed.
 */
export function certifiedPolicy(
  policies: ReadonlyMap<Policy, Field>,
  { group, rows, counted, targetError, confidence, certifyShare, resamples, random, allows, isBrief }: CertifyOptions,
): CertifiedPolicy | null {
  const { fit, certify } = fitAndCertify(group, rows, certifyShare, random.fork('split'));
  const common = { group, counted, resamples, random: random.fork('intervals') };
  const splits = foldSplits(group, fit, random.fork('fit'));
  const planned = measureOf(policies, { ...common, splits });
  const trials = [...policies.keys()]
    .filter((policy) => allows?.(policy) ?? true)
    .map((policy) => {
      const outcomes = planned.outcomes(policy);
      return { policy, outcomes, tokens: tokensOf(outcomes, planned.group, counted) };
    });
  if (trials.length === 0) return null;
  const policy = frozenPolicy(trials, planned.group);
  const field = policies.get(policy) as Field;
  const withFit = ({ joint, line }: Fit): FittedPolicy => ({ ...policy, joint, line });
  const tested = measureOf(policies, { ...common, splits: [{ train: fit, held: certify }] });
  // the same fit on both parts: with few different probabilities, those of the folds' fits would lie around the frozen ones,
  // and a threshold between them would accept a part of the equal answers here, and all or none of them there
  const [frozenFit] = tested.fits(policy);
  const own = new Map<number, FittedPolicy>();
  planned.fits(policy).forEach((fitted, s) => {
    const other = withFit(fitted);
    for (const row of splits[s].held) own.set(row, other);
  });
  return {
    frozen: withFit(frozenFit),
    field,
    own,
    claim: certifyChoice(
      policy,
      {
        ...{ fit: outcomesOf(policy, field, fit, frozenFit), fitGroup: fit.map((row) => group[row]) },
        ...{ certify: tested.outcomes(policy), certifyGroup: tested.group },
        ...{ targetError, confidence, certifyShare, isBrief },
      },
      random.fork('certify'),
    ),
    quality: () => tested.quality(policy),
    fitQuestions: new Set(planned.group).size,
    certifyQuestions: new Set(tested.group).size,
  };
}
