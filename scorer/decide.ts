import { type Basis, FORMAT_VERSION, isOld, type Manifest, type Threshold } from '../models/bundle/manifest.js';
import { neededBy } from './needed.js';

export type Decision = 'accept' | 'abstain' | 'escalate' | null;

/** Why no certified claim stands behind a row, in the order in which they are looked at: the first that applies is said. */
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
] as const;
export type NoDecision = (typeof noClaims)[number];

/** What is known of a row before it is scored. */
export interface Row {
  pattern: string;
  /** The slice of the row, where decisions go by slice; else null. */
  slice?: string | null;
  model?: string | null;
  task?: string | null;
  /** It was reached because of an earlier score: the second model's answer, the best of several. */
  selected?: boolean | null;
  /** Whether the row holds a field (`prompt`) or a signal (`features.tenure`). */
  holds(name: string): boolean;
}

/** What a row's place in a bundle is: what bars it from every claim, else the claim that decides for it. */
export interface Standing {
  barred: NoDecision | null;
  missing: readonly string[] | null;
  claim: Threshold | null;
  /** Why there is no claim, where nothing bars the row. */
  none: NoDecision | null;
}

export interface Decided {
  decision: Decision;
  /** Null where the decision rests on a certified claim. */
  why: NoDecision | null;
  /** The fields or signals that are missing, where that is why. */
  missing: readonly string[] | null;
  /** The claim behind an accept: its id among the manifest's thresholds, and its basis. */
  claim: string | null;
  basis: Basis | null;
  /** `none`: decided by a threshold that was not certified for such rows (--accept-unseen). */
  promise: 'none' | null;
}

/** The rule of a bundle, in the two steps it takes: before and after the model has run. */
export interface Rule {
  standing(row: Row): Standing;
  decide(standing: Standing, probability: number, shifted: boolean): Decided;
}

/** What the rule reads of a manifest. */
export type Ruled = Pick<Manifest, 'thresholds' | 'decisions'> & Partial<Pick<Manifest, 'data' | 'formatVersion'>>;

/** Spelled out, as everything here that is made for each row: a spread takes longer than the rule. */
function unclaimed(decision: Decision, why: NoDecision | null, missing: readonly string[] | null): Decided {
  return { decision, why, missing, claim: null, basis: null, promise: null };
}

/**
 * The rule of a bundle: `accept` at or above the certified threshold of the row's pattern of signals (and slice, where decisions go
 * by slice), else `abstain`. Null, with the reason, where no promise covers the row: it was selected by an earlier score, lacks what
 * training always had, is of a task or model never seen, is unlike the answers trained on, or nothing is certified for it. With a
 * cost table whatever cannot be accepted is abstained from or escalated, whichever is cheaper. A bundle of an older format decides
 * nothing.
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

/** Whether a row is of the answers that a bundle's claims may be about: nothing but its shift and its signals can bar it. */
export function isCovered(rule: Rule, row: Row): boolean {
  return rule.standing(row).barred === null;
}

const NO_SIGNALS: readonly string[] = [];

function lacking(names: readonly string[], row: Row): string[] | null {
  let found: string[] | null = null;
  for (const name of names) if (!row.holds(name)) (found ??= []).push(name);
  return found;
}

/** A name that was not among those trained on; where none was named then, or none is now, nothing can be told. */
function isUnseen(known: ReadonlySet<string>, name: string | null | undefined): boolean {
  return known.size > 0 && name != null && name !== '' && !known.has(name);
}

function keyOf(pattern: string, slice: string | null | undefined): string {
  return slice == null ? pattern : `${pattern}\n${slice}`;
}
