import type { ReliabilityBin } from '../../metrics/calibration/reliability.js';
import type { CurvePoint } from '../../metrics/calibration/reliability-curve.js';
import type { Estimate } from '../../metrics/interval/interval.js';
import type { RiskBandPoint } from '../../metrics/selective/risk-band.js';
import type { Guarantee } from '../../models/bundle/manifest.js';
import type { NoDecision } from '../../scorer/decide.js';
import type { CostReport, RiskCoveragePoint } from '../results.js';

const verdicts = ['kept', 'broken', 'cannot tell'] as const;

/** `kept`: the errors are shown to be at or below the target; `broken`: above it; else `cannot tell`. */
export type Verdict = (typeof verdicts)[number];

/** How many labelled answers would probably decide a promise, by the same test. */
export interface LabelsToDecide {
  /** Labelled answers in all, including those that are there, and how many of them would be accepted. */
  answers: number;
  accepted: number;
  /** The assumed true share of errors: the observed one, pulled towards the target by one answer. */
  error: number;
  /** The chance with which so many would decide. */
  chance: number;
}

/** What new labelled answers say about one promise. */
export interface PromiseVerdict {
  /** Id of the claim in the manifest's `thresholds`. */
  claim: string;
  pattern: string;
  /** Null if the claim is about a whole pattern. */
  slice: string | null;
  /** At most α errors among accepted answers, with confidence 1 − δ. */
  alpha: number;
  delta: number;
  verdict: Verdict;
  /** If it cannot tell: in plain words why. Null otherwise. */
  why: string | null;
  /** Labelled answers that the promise covers; those of them that were accepted, and their questions. */
  answers: number;
  accepted: number;
  acceptedGroups: number;
  /**
   * Weighted share of errors among the accepted answers. Each limit holds with confidence 1 − δ on its own. All null if
   * none was accepted.
   */
  error: Estimate;
  /** p-values of "α or more errors" (small: kept) and "α or fewer errors" (small: broken). */
  pvalues: { kept: number; broken: number };
  guarantee: Guarantee;
  /**
   * Whether it is still broken if all promises of the bundle are judged together (Holm); `--fail-on broken` goes by it.
   */
  brokenTogether: boolean;
  /** Null if the verdict is clear, nothing was accepted, or no number of labels can be given. */
  needed: LabelsToDecide | null;
}

/** What was promised for a pattern of signals (or a slice of it), and what was observed on these answers. */
export interface DecisionRecord {
  pattern: string;
  /** Null if decisions are made by pattern. */
  slice: string | null;
  rows: number;
  accepted: number;
  /** Accepted without a promise, because of --accept-unseen; not counted in `accepted` and `error`. */
  unpromised: number;
  escalated: number;
  abstained: number;
  /** Rows that no certified claim decides, by reason. With a cost table vouch abstains on them or escalates them. */
  undecided: Partial<Record<NoDecision, number>>;
  /** Share of errors among the accepted rows; null if none was accepted. */
  error: number | null;
  /** α of the certified threshold; null if none is certified. */
  alpha: number | null;
}

/** A measure of two bundles on the same answers; `difference` is this bundle minus the other, paired by question. */
export interface ComparedMeasure {
  /** A metric, or `coverage` (share accepted under a promise), or `acceptedError` (share of errors among these). */
  name: string;
  better: 'lower' | 'higher' | null;
  ours: Estimate;
  theirs: Estimate;
  difference: Estimate;
  /** Which bundle is better beyond chance: the interval of the difference excludes zero. Null: neither. */
  winner: 'ours' | 'theirs' | null;
}

/** Another bundle on the same answers. */
export interface Against {
  /** Start of the SHA-256 of its manifest. */
  bundle: string;
  promises: PromiseVerdict[];
  measures: ComparedMeasure[];
  /** Answers that exactly one of the bundles accepts under a promise. */
  onlyOurs: number;
  onlyTheirs: number;
}

/** What `evaluate` gives. */
export interface Evaluation {
  /** Start of the SHA-256 of the bundle's manifest. */
  bundle: string;
  answers: number;
  groups: number;
  unlabelled: number;
  /** Left out: answers to questions that the bundle was trained on, and the number of these questions. */
  seen: { answers: number; questions: number };
  /** One entry per certified claim of the bundle; empty if nothing is promised. */
  promises: PromiseVerdict[];
  metrics: Record<string, Estimate>;
  reliability: ReliabilityBin[];
  /** The same as a smooth curve, with a pointwise 95% band. */
  reliabilityCurve: CurvePoint[];
  riskCoverage: RiskCoveragePoint[];
  /** The same at evenly spaced coverages, with a pointwise 95% band. */
  riskBand: RiskBandPoint[];
  decisions: DecisionRecord[];
  /** The cost of the decisions; null without a cost table. */
  costs: CostReport | null;
  /** Another bundle on the same answers; absent if none was given. */
  against?: Against;
}
