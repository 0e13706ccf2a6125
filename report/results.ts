// The types of a run's results: what report.json holds. Training and adapting fill them, the report draws them. The file
// is over 300 lines because they are read together, as one description of report.json.
import type { ReliabilityBin } from '../metrics/calibration/reliability.js';
import type { Estimate } from '../metrics/interval/interval.js';
import type { Perfect, PerfectRange } from '../metrics/perfect/perfect.js';
import type { Basis, Guarantee } from '../models/bundle/manifest.js';
import type { Costs, Cuts } from '../models/costs.js';
import type { Reason } from '../scorer/reasons/reasons.js';
import type { Suspects } from './suspects.js';

export type { Estimate, ReliabilityBin, Suspects };

/**
 * What report.json holds and report.html draws. Numbers only come from here; the page computes nothing but pixels.
 * `null` stands for a number that does not exist (a metric over one class, say).
 */

export type MetricName = 'logLoss' | 'brier' | 'auroc' | 'aurocWithin' | 'ece' | 'eceDebiased' | 'accuracyAtCoverage';
export type FurtherName =
  | 'brierCalibration'
  | 'brierRefinement'
  | 'eceMass'
  | 'smoothEce'
  | 'mce'
  | 'auprcErrors'
  | 'aurc'
  | 'eAurc'
  | 'prr';
export type Metrics = Record<MetricName, Estimate> & Partial<Record<FurtherName, Estimate>>;

/** A predictor as it stands on the certify part. */
export interface Standing {
  name: string;
  says: string;
  metrics: Metrics;
  reliability: ReliabilityBin[];
}

/** Paired difference (shipped − baseline) on the certify part; below 0 is better for losses, above 0 for AUROC. */
export interface Paired {
  against: string;
  metric: MetricName;
  difference: Estimate;
}

export interface SliceRow {
  by: 'model' | 'task' | 'model and task';
  name: string;
  rows: number;
  groups: number;
  right: number;
  meanProbability: number;
  logLoss: number;
  brier: number;
  auroc: number | null;
  ece: number;
}

export interface SignalWorth {
  name: string;
  /** Share of rows where it was recorded. */
  recorded: number;
  /** AUROC of the signal alone on the fit part, over rows that have it; .5 worthless, below .5 it points to wrong. */
  auroc: number | null;
  aurocWithin: number | null;
  /** Rise of logistic regression's out-of-fold log-loss without it (its log or logit twin gone too), the others making up; nats. */
  dropOne: number | null;
  /** Rise of the shipped predictor's log-loss on the certify part when this signal's values are shuffled among rows; nats. */
  permutation: number;
}

export interface RiskCoveragePoint {
  coverage: number;
  /** Share of errors among the accepted. */
  risk: number;
  threshold: number;
}

/** A type and not an interface: it goes into the manifest, whose entries let unknown keys through. */
export type CertifiedThreshold = {
  /** Unique among those that decide; rows that are accepted name it. */
  id: string;
  pattern: string;
  /** Signals that a row must hold beside those of its pattern. */
  signals: string[];
  basis: Basis;
  guarantee: Guarantee;
  /** The slice of the pattern that it is about; all of the pattern where absent. */
  slice?: string;
  threshold: number | null;
  alpha: number;
  delta: number;
  n: number;
  groups: number;
  accepted: number;
  acceptedGroups: number;
  coverage: number;
  error: number | null;
  method: string;
  /** The most weight one question counts with in the promise (1 is an answer of average weight); null where nothing is certified. */
  cap?: number | null;
  /** Accepted questions that hold more than that, and count as it. */
  capped?: number;
  advice: string | null;
  /** Share of errors among all answers that the claim was tested on. */
  baseError?: number | null;
  /** Why it accepts nearly everything, where it does. */
  note?: string;
};

/** What α could be promised at what coverage; `indication` where the points do not hold simultaneously. */
export interface AlphaCoverage {
  pattern: string;
  alpha: number;
  coverage: number;
  threshold: number | null;
  indication: boolean;
}

/** What scoring with fewer signals costs: the same certify answers with the groups outside `pattern` hidden. */
export interface PatternStanding {
  pattern: string;
  learner: string;
  calibrator: string;
  rows: number;
  logLoss: Estimate;
  auroc: Estimate;
  aurocWithin: Estimate;
  /** Log-loss with these signals minus with all that was recorded, paired. */
  cost: Estimate;
  /** What is certified for answers with just these signals; null where nothing was tried. */
  claim: (Pick<CertifiedThreshold, 'threshold' | 'coverage' | 'error' | 'alpha'> & { basis?: Basis }) | null;
  /** Share of these answers whose decision is another one with all signals; null where either is not certified. */
  decisionsChanged: number | null;
}

/** How a predictor does on the answers of one model or task. */
export interface LeftOutStanding {
  logLoss: number;
  auroc: number | null;
  eceDebiased: number;
}

/** A model or task whose labels were not seen, against the same answers with labels of it seen; logistic regression, fit part. */
export interface LeftOut {
  by: 'model' | 'task';
  name: string;
  rows: number;
  right: number;
  seen: LeftOutStanding;
  unseen: LeftOutStanding;
  /** Log-loss unseen minus seen, paired, with its standard error clustered by question. */
  difference: number;
  standardError: number;
  /** Share of the unseen answers that shift flags. */
  shifted: number;
  /** What the bundle's thresholds would accept of them, and the share of errors in that; null where nothing is certified. */
  accepted?: { share: number; error: number | null } | null;
}

export interface LearningPoint {
  labels: number;
  logLoss: number;
  standardError: number;
}

/** Out-of-fold log-loss by number of labels, and what more labels would change, by a power law; null where it shows no gain. */
export interface LearningCurve {
  points: LearningPoint[];
  gains: { more: number; gain: number | null }[];
}

/** A way to decide, and what an answer costs under it on the certify part. */
export interface CostedPolicy {
  name: 'vouch' | 'probability' | 'accept' | 'abstain' | 'escalate';
  cost: Estimate;
  /** vouch less this one, paired; null for vouch itself. */
  difference: Estimate | null;
  /** Shares of the answers. */
  accepted: number;
  escalated: number;
  abstained: number;
}

export interface CostReport {
  table: Costs;
  cuts: Cuts;
  policies: CostedPolicy[];
  /** Cost per answer if all from this probability up were accepted: as seen, and as the probabilities expect. */
  curve: { threshold: number; seen: number; expected: number }[];
  /** Share of the answers that no promise covers: abstained from or escalated, whichever is cheaper. */
  undecided: number;
}

/** A certify answer that the probability was far off for, and why it was what it was. No text of it. */
export interface Mistake {
  id: string;
  model: string;
  task: string;
  label: number;
  probability: number;
  reasons: Reason[];
}

/** Wrong answers by the highest probability, right ones by the lowest. */
export interface Mistakes {
  wrong: Mistake[];
  right: Mistake[];
}

export interface TemperaturePoint {
  temperature: number;
  logLoss: number;
  ece: number;
}

/** Mean probability, mean bounds that ship with it and observed share right of some answers. */
export interface BandPoint {
  predicted: number;
  low: number;
  high: number;
  right: number;
  rows: number;
}

export interface ReportData {
  title: string;
  created: string;
  versions: Record<string, string>;
  backend: { name: string; said: string };
  seed: number;
  options: Record<string, unknown>;
  data: {
    files: string[];
    fingerprint: string;
    read: number;
    labelled: number;
    unlabelled: number;
    bad: number;
    groups: number;
    /** How questions were told apart, as a sentence. */
    grouping?: string;
    right: number;
    human: number;
    /** Labels by source; `unknown` for those without one. Absent in older reports. */
    sources?: Record<string, number>;
    models: number;
    tasks: number;
    signals: number;
    /** Numeric columns and categorical columns that the shipped model takes. */
    numeric: number;
    categorical: number;
    warnings: string[];
  };
  /**
   * How it was judged: on a part that never trained (`split`; `refit` where what ships was then trained on all), or by nested
   * cross-fitting over `folds` (`cross`). `trainedOn`: share of the labels that trained what was measured. Absent in older reports.
   */
  judged?: { how: 'split' | 'cross' | 'refit'; folds?: number; trainedOn: number };
  parts: { name: 'fit' | 'certify'; rows: number; groups: number; right: number; usedFor: string }[];
  selection: {
    learners: { name: string; logLoss: number; difference: number; standardError: number; chosen: boolean }[];
    calibrators: { name: string; logLoss: number; difference: number; standardError: number; chosen: boolean }[];
    /** Lines for each (model, task) before the calibrator, by strength of pooling; null: no lines. */
    slices?: SliceCandidate[];
    /** What the text channel changed for logistic regression; null where no words were collected. */
    text?: TextGain | null;
    /** Networks that were behind after the first folds and not fitted further. */
    lost?: Lost[];
    why: string;
  };
  test: {
    metrics: Metrics;
    reliability: ReliabilityBin[];
    /** The interval for the share right at a score, by tenth of the probability. Absent in older reports. */
    band?: BandPoint[];
    riskCoverage: RiskCoveragePoint[];
    /** Log-loss and ECE of the shipped predictor with its logit divided by T, on the certify part; T = 1 is as shipped. */
    temperatures: TemperaturePoint[];
    /** How many certify rows got which probability: 20 equal bins, right and wrong apart. */
    histogram: { low: number; high: number; right: number; wrong: number }[];
    /** Spiegelhalter's test of calibration, rows of a question together; null where it does not exist. */
    spiegelhalter?: { z: number; pvalue: number } | null;
    /** The models' own distributions over options held against the right ones, where both are recorded. */
    choices?: { answers: number; options: number; fullEce: Estimate };
    /** The coverage that `accuracyAtCoverage` is taken at, here and for all other predictors. */
    accuracyCoverage?: number;
  };
  /**
   * What was bounded because there are many answers: `alone`, the answers trained on that show what a signal tells alone; `draws`, the
   * bootstrap draws behind each interval. Absent: all answers, as many draws as asked for.
   */
  sampled?: { alone?: number; draws?: number };
  /** Where a perfect predictor would stand on these answers; slices are cells of model and task, by name. */
  perfect?: Omit<Perfect, 'worstSliceEce'> & { worstSliceEce: (PerfectRange & { slice: string }) | null };
  /** A raw recorded number taken at its word: the "before". Null where none is recorded. */
  before: Standing | null;
  baselines: Record<string, Standing>;
  paired: Paired[];
  slices: SliceRow[];
  signals: SignalWorth[];
  thresholds: CertifiedThreshold[];
  /** A promise for each slice where decisions go by pattern: each holds on its own, and decides nothing. */
  sliceClaims?: CertifiedThreshold[];
  /** What decisions cost on the certify part; absent without a cost table. */
  costs?: CostReport;
  alphaCoverage: AlphaCoverage[];
  /** What more labelled questions would buy, by pattern: certified coverage by their number. */
  labelsBuy?: { pattern: string; alpha: number; points: Bought[] }[];
  /** All that was recorded first, then the patterns that have a predictor of their own. */
  patterns?: PatternStanding[];
  leftOut?: LeftOut[];
  learningCurve?: LearningCurve;
  /** Rows and labels that deserve a second look, by id. */
  suspects?: Suspects;
  /** The certify answers it was surest of and wrong about. */
  mistakes?: Mistakes;
  /** Seconds by step. */
  timings: Record<string, number>;
}

/** What a number of labelled questions would probably certify. */
export interface Bought {
  /** Labelled questions of this kind, whatever they are used for. */
  questions: number;
  /** How many times the labelled questions there are now. */
  times: number;
  /** The largest share of the answers that has an even chance or better to be certified; 0 where none has. */
  coverage: number;
}

/** Out-of-fold log-loss of logistic regression with the text channel minus without, paired, clustered by question. */
export interface TextGain {
  difference: number;
  standardError: number;
  used: boolean;
}

export interface Lost {
  name: string;
  to: string;
  difference: number;
}

/**
 * A way of pooling and its standing: cross-validated log-loss, and its paired difference from the better of the two that give
 * no cell a line of its own. Strength null: the logits as they came; ∞: one Platt line for all.
 */
export interface SliceCandidate {
  strength: number | null;
  logLoss: number;
  difference: number;
  standardError: number;
  chosen: boolean;
}
