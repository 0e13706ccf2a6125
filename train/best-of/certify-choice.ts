import { deltaOf } from '../../metrics/interval/delta-of.js';
import type { Random } from '../../support/random.js';
import { certifyClaim } from '../certify/claim.js';
import type { Outcomes } from './outcome.js';
import type { Policy } from './policy.js';
import type { ChoiceClaim } from './results.js';

/** The chosen answers that plan the thresholds, and those that test them: chosen and scored by the same frozen fit. */
interface Certifying {
  fit: Outcomes;
  fitGroup: Int32Array;
  certify: Outcomes;
  certifyGroup: Int32Array;
  targetError: number;
  confidence: number;
  certifyShare: number;
  isBrief?: boolean;
}

/**
 * Certifies the frozen policy as a whole: the error counts the one answer that is chosen for a prompt and accepted.
 * Threshold candidates come from the fit questions, and one fixed sequence of betting tests runs on the certify
 * questions, so the promise holds for any number of them.
 */
export function certifyChoice(
  { method, of }: Policy,
  { fit, fitGroup, certify, certifyGroup, targetError, confidence, certifyShare, isBrief }: Certifying,
  random: Random,
): Omit<ChoiceClaim, 'answers'> {
  const groups = new Set(fitGroup).size + new Set(certifyGroup).size;
  const shares = { certifyShare, certifyShareSmall: certifyShare, smallGroups: 0, groups };
  const { certified, n, advice, ...found } = certifyClaim(
    { probability: fit.probability, label: fit.grade, weight: fit.weight, group: fitGroup },
    { probability: certify.probability, label: certify.grade, weight: certify.weight, group: certifyGroup },
    { alpha: targetError, delta: deltaOf(confidence), floor: 0, shares, isBrief },
    random,
  );
  return {
    id: `${method}-${of}`,
    targetError,
    confidence,
    threshold: certified?.threshold ?? null,
    coverage: certified?.coverage ?? 0,
    accepted: certified?.accepted ?? 0,
    acceptedGroups: certified?.acceptedGroups ?? 0,
    error: certified?.error ?? null,
    cap: certified?.cap ?? null,
    capped: certified?.capped ?? 0,
    n,
    groups: found.groups,
    advice,
  };
}
