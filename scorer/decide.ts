import { type Basis, FORMAT_VERSION, isOld, type Manifest, type Threshold } from '../models/bundle/manifest.js';
import { neededBy } from './needed.js';

export type Decision = 'accept' | 'abstain' | 'escalate' | null;

/**
 * Why no certified claim covers a row, in the order in which the reasons are checked. The first that applies is
 * reported.
 */
export const noClaims = [
  'no answer',
  'no probability',
  'selected',
  'missing field',
  'missing signal',
  'unseen task',
  'unseen model',
  'shifted',
  'unknown pattern',
  'unknown slice',
  'uncertified pattern',
  'uncertified slice',
  'uncertified policy',
] as const;
export type NoDecision = (typeof noClaims)[number];

/** What is known about a row before it is scored. */
export interface Row {
  pattern: string;
  /** The slice of the row, if decisions are made by slice; else null. */
  slice?: string | null;
  model?: string | null;
  task?: string | null;
  /**
   * Whether an earlier score led to the answer: a second model's answer, or the best of several.
   */
  selected?: boolean | null;
  /** Whether the row has a field (`prompt`) or a signal (`features.tenure`). */
  holds(name: string): boolean;
}

/**
 * How a bundle treats a row before it is scored: what excludes it from every claim, else the claim that decides for it.
 */
export interface Standing {
  barred: NoDecision | null;
  missing: readonly string[] | null;
  claim: Threshold | null;
  /** Why there is no claim, if nothing excludes the row. */
  none: NoDecision | null;
}

export interface Decided {
  decision: Decision;
  /** Null if the decision is covered by a certified claim. */
  why: NoDecision | null;
  /** The missing fields or signals, if they are the reason. */
  missing: readonly string[] | null;
  /** The claim that covers an accept: its id among the manifest's thresholds, and its basis. */
  claim: string | null;
  basis: Basis | null;
  /** `none`: decided by a threshold that was not certified for such rows (--accept-unseen). */
  promise: 'none' | null;
}

/** The rule of a bundle, in two steps: before and after the model has run. */
export interface Rule {
  standing(row: Row): Standing;
  decide(standing: Standing, probability: number, shifted: boolean): Decided;
}

/** The fields of a manifest that the rule reads. */
export type Ruled = Pick<Manifest, 'thresholds' | 'decisions'> & Partial<Pick<Manifest, 'data' | 'formatVersion'>>;

/** No spread here, because this runs for each row: a spread would take longer than the rule. */
function unclaimed(decision: Decision, why: NoDecision | null, missing: readonly string[] | null): Decided {
  return { decision, why, missing, claim: null, basis: null, promise: null };
}

/**
 * The rule of a bundle: `accept` at or above the certified threshold of the row's pattern of signals (and of its slice,
 * if decisions are made by slice), else `abstain`. The decision is null, with the reason, if no promise covers the row:
 * an earlier score led to it; it lacks a field or signal that training always had; its task or model was never seen;
 * it is unlike the training answers; or nothing is certified for it. With a cost table, a row that cannot be accepted
 * is abstained from or escalated, whichever costs less. A bundle of an older format decides nothing.
 */
export function ruleOf({ thresholds, decisions, data, formatVersion = FORMAT_VERSION }: Ruled): Rule {
  const old = isOld({ formatVersion });
  const bySlice = decisions?.by === 'slice';
  const cuts = old ? null : decisions?.cuts;
  const fields = data?.fields ?? [];
  const tasks = new Set(data?.tasks);
  const models = new Set(data?.models);
  const acceptsUnseen = decisions?.acceptUnseen?.some(({ what }) => what === 'models') ?? false;
  const needed = new Map(thresholds.map((claim) => [claim.pattern, neededBy(claim)]));
  const claims = new Map(thresholds.map((claim) => [keyOf(claim.pattern, claim.slice), claim]));

  const instead = (probability: number): Decision => {
    if (cuts == null) return null;
    return (probability >= 0 ? probability : 0) >= (cuts.escalate ?? Infinity) ? 'escalate' : 'abstain';
  };
  const claimFor = ({ pattern, slice }: Row): Pick<Standing, 'claim' | 'none'> => {
    const claim = claims.get(keyOf(pattern, bySlice ? slice : null));
    if (old) return { claim: null, none: 'uncertified pattern' };
    if (claim === undefined) return { claim: null, none: needed.has(pattern) ? 'unknown slice' : 'unknown pattern' };
    if (claim.threshold === null) return { claim: null, none: bySlice ? 'uncertified slice' : 'uncertified pattern' };
    return { claim, none: null };
  };
  const barredBy = (row: Row): Pick<Standing, 'barred' | 'missing'> => {
    if (row.selected === true) return { barred: 'selected', missing: null };
    const fieldless = lacking(fields, row);
    if (fieldless !== null) return { barred: 'missing field', missing: fieldless };
    const signalless = lacking(needed.get(row.pattern)?.(row) ?? NO_SIGNALS, row);
    if (signalless !== null) return { barred: 'missing signal', missing: signalless };
    if (isUnseen(tasks, row.task)) return { barred: 'unseen task', missing: null };
    return { barred: isUnseen(models, row.model) ? 'unseen model' : null, missing: null };
  };
  return {
    standing: (row) => {
      const { barred, missing } = barredBy(row);
      const { claim, none } = claimFor(row);
      return { barred, missing, claim, none };
    },
    decide: ({ barred, missing, claim, none }, probability, shifted) => {
      const isUnpromised = barred === 'unseen model' && acceptsUnseen && claim !== null && !shifted;
      const why = !(probability >= 0) ? 'no probability' : (barred ?? (shifted ? 'shifted' : none));
      if (why === 'no probability' || (why !== null && !isUnpromised)) {
        return unclaimed(instead(probability), why, why === barred ? missing : null);
      }
      const { id, basis, threshold } = claim!;
      const isAccepted = probability >= threshold!;
      const decision = isAccepted ? 'accept' : (instead(probability) ?? 'abstain');
      if (isUnpromised) return { decision, why, missing: null, claim: null, basis: null, promise: 'none' };
      if (!isAccepted) return unclaimed(decision, why, null);
      return { decision, why, missing: null, claim: id, basis, promise: null };
    },
  };
}

/** Whether a bundle's claims may cover a row at all: only its shift and its missing signals can still exclude it. */
export function isCovered(rule: Rule, row: Row): boolean {
  return rule.standing(row).barred === null;
}

const NO_SIGNALS: readonly string[] = [];

function lacking(names: readonly string[], row: Row): string[] | null {
  let found: string[] | null = null;
  for (const name of names) if (!row.holds(name)) (found ??= []).push(name);
  return found;
}

/**
 * Whether a name is not one of those seen in training. If training had no names, or the row has none, the answer is no.
 */
function isUnseen(known: ReadonlySet<string>, name: string | null | undefined): boolean {
  return known.size > 0 && name != null && name !== '' && !known.has(name);
}

function keyOf(pattern: string, slice: string | null | undefined): string {
  return slice == null ? pattern : `${pattern}\n${slice}`;
}
