// The types of a run's results: what report.json holds. Training and adapting fill them, the report draws them. The
// file is over 300 lines because they are read together, as one description of report.json.
import type { ReliabilityBin } from '../metrics/calibration/reliability.js';
import type { CurvePoint } from '../metrics/calibration/reliability-curve.js';
import type { Estimate } from '../metrics/interval/interval.js';
import type { Perfect, PerfectRange } from '../metrics/perfect/perfect.js';
import type { RiskBandPoint } from '../metrics/selective/risk-band.js';
import type { Basis, Guarantee } from '../models/bundle/manifest.js';
import type { Costs, Cuts } from '../models/costs.js';
import type { Reason } from '../scorer/reasons/reasons.js';
import type { Raters } from './raters/raters.js';
import type { Suspects } from './suspects.js';

export type { CurvePoint, Estimate, Raters, ReliabilityBin, RiskBandPoint, Suspects };

/**
 * The content of report.json, which report.html draws. All numbers come from here; the page computes positions only.
 * `null` means that a number does not exist (for example a metric over one class).
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

/** The quality of a predictor on the certify part. */
export interface Standing {
  name: string;
  says: string;
  metrics: Metrics;
  reliability: ReliabilityBin[];
  /** The smooth reliability curve and the risk by coverage, with bands; only for what the page compares vouch with. */
  reliabilityCurve?: CurvePoint[];
  riskBand?: RiskBandPoint[];
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
  /** What it measures, in a few plain words. Absent in older reports. */
  plain?: string;
  /** Share of rows where it was recorded. */
  recorded: number;
  /**
   * AUROC of the signal alone on the fit part, over rows that have it; 0.5: no information; below: larger means wrong.
   */
  auroc: number | null;
  aurocWithin: number | null;
  /** Rise of the out-of-fold log-loss of logistic regression trained without it and its log or logit form; nats. */
  dropOne: number | null;
  /**
   * Rise of the shipped predictor's log-loss on the certify part when the signal's values are shuffled among rows;
   * nats.
   */
  permutation: number;
}

export interface RiskCoveragePoint {
  coverage: number;
  /** Share of errors among the accepted answers. */
  risk: number;
  threshold: number;
}

/** What a test of a threshold counted. A type and not an interface, like `CertifiedThreshold`, which contains it. */
export type TestCounts = {
  alpha: number;
  delta: number;
  /** Number of answers and questions tested, and of answers and questions accepted (at least one answer of it). */
  n: number;
  groups: number;
  accepted: number;
  acceptedGroups: number;
  /** Share of the answers accepted. */
  coverage: number;
  /** Observed weighted share of errors among the accepted; null if none is accepted. */
  error: number | null;
};

/** A type and not an interface, because it goes into the manifest, whose entries allow unknown keys. */
export type CertifiedThreshold = TestCounts & {
  /** Unique among the claims that decide; accepted rows name it. */
  id: string;
  pattern: string;
  /** Signals that a row must have, in addition to those that its pattern implies. */
  signals: string[];
  basis: Basis;
  guarantee: Guarantee;
  /** The slice of the pattern that the claim is about; absent: the whole pattern. */
  slice?: string;
  threshold: number | null;
  method: string;
  /**
   * The most weight that one question has in the promise (1: an answer of average weight); null if nothing is
   * certified.
   */
  cap?: number | null;
  /** Number of accepted questions with more weight than that; they count as the cap. */
  capped?: number;
  advice: string | null;
  /** Share of errors among all answers that the claim was tested on. */
  baseError?: number | null;
  /** If it accepts nearly everything: the reason. */
  note?: string;
};

/** Which coverage can be promised for which α; `indication`: the points do not hold simultaneously. */
export interface AlphaCoverage {
  pattern: string;
  alpha: number;
  coverage: number;
  threshold: number | null;
  indication: boolean;
}

/** The quality of scoring with fewer signals: the same certify answers with the signals outside `pattern` hidden. */
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
  /** What is certified for answers with only these signals; null if nothing was tried. */
  claim: (Pick<CertifiedThreshold, 'threshold' | 'coverage' | 'error' | 'alpha'> & { basis?: Basis }) | null;
  /** Share of these answers that get another decision with all signals; null if either claim is not certified. */
  decisionsChanged: number | null;
}

/** The quality of a predictor on the answers of one model or task. */
export interface LeftOutStanding {
  logLoss: number;
  auroc: number | null;
  eceDebiased: number;
}

/**
 * Quality on a model or task that was left out of training, and on the same answers when it was not (logistic
 * regression, fit part).
 */
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
  /** Share of the unseen answers with a shift above 1. */
  shifted: number;
  /** Share of them that the thresholds would accept, and the error rate among these; null if nothing is certified. */
  accepted?: { share: number; error: number | null } | null;
}

export interface LearningPoint {
  labels: number;
  logLoss: number;
  standardError: number;
}

/** Out-of-fold log-loss by number of labels, and its predicted change with more labels (power law; null: no gain). */
export interface LearningCurve {
  points: LearningPoint[];
  gains: { more: number; gain: number | null }[];
}

/** A way to decide, and its cost per answer on the certify part. */
export interface CostedPolicy {
  name: 'vouch' | 'probability' | 'accept' | 'abstain' | 'escalate';
  cost: Estimate;
  /** vouch minus this one, paired; null for vouch itself. */
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
  /**
   * Cost per answer if all answers from this probability up are accepted: observed, and expected from the
   * probabilities.
   */
  curve: { threshold: number; seen: number; expected: number }[];
  /** Share of the answers that no promise covers; vouch abstains on them or escalates them, whichever is cheaper. */
  undecided: number;
}

/**
 * A certify answer whose probability was far from its label, with the reasons for the probability. Without any text, unless
 * `reportTexts` asked for it.
 */
export interface Mistake {
  id: string;
  model: string;
  task: string;
  label: number;
  probability: number;
  reasons: Reason[];
  /** Question and answer, cut at the end; only on request (`reportTexts`). */
  texts?: { question: string; answer: string };
}

/** Wrong answers with the highest probabilities, and right answers with the lowest. */
export interface Mistakes {
  wrong: Mistake[];
  right: Mistake[];
}

export interface TemperaturePoint {
  temperature: number;
  logLoss: number;
  ece: number;
}

/** Of a bin of answers: mean probability, mean bounds of the shipped interval, and observed share of right answers. */
export interface BandPoint {
  predicted: number;
  low: number;
  high: number;
  right: number;
  rows: number;
}

/** Quality of a predictor on some answers; AUROC null if they are all right or all wrong. */
export interface Quality {
  logLoss: number;
  auroc: number | null;
}

/** Quality on the answers of a task; `task` null: on all answers. */
export interface TaskQuality {
  task: string | null;
  answers: number;
  right: number;
  /**
   * The recorded confidence, the shipped predictor, and logistic regression (without the text channel) with all signals
   * and without those that check equations.
   */
  by: { before: Quality | null; vouch: Quality; linear: Quality; withoutEquations: Quality };
}

/** What the signals that check equations contribute, on the answers that all figures are measured on. */
export interface EquationWorth {
  /** The signals that are left out. */
  signals: string[];
  /** First all answers, then the tasks, the largest first. */
  tasks: TaskQuality[];
}

/** A file of answers or grades. Both facts are null if it was a stream, which cannot be read twice. */
export interface DataFile {
  name: string;
  bytes: number | null;
  sha256: string | null;
}

/** First and last time of some records (ISO 8601, UTC), and how many of them have a time. */
export interface Period {
  first: string;
  last: string;
  answers: number;
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
    /** First and last time in the labelled records; absent if none has a time. */
    period?: Period;
    /** The files that were read, with their content hashes. Absent in older reports. */
    inputs?: DataFile[];
    read: number;
    labelled: number;
    unlabelled: number;
    bad: number;
    groups: number;
    /** How answers were grouped into questions, as a sentence. */
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
   * How the figures were measured. `split`: on the certify part. `refit`: the same, but the shipped predictor was then
   * trained on all labels. `cross`: by nested cross-fitting over `folds`. `trainedOn`: share of the labels that the
   * measured predictor was trained on. Absent in older reports.
   */
  judged?: { how: 'split' | 'cross' | 'refit'; folds?: number; trainedOn: number };
  parts: { name: 'fit' | 'certify'; rows: number; groups: number; right: number; usedFor: string }[];
  selection: {
    learners: { name: string; logLoss: number; difference: number; standardError: number; chosen: boolean }[];
    calibrators: { name: string; logLoss: number; difference: number; standardError: number; chosen: boolean }[];
    /** Recalibration lines per (model, task) before the calibrator, by strength of pooling; strength null: no lines. */
    slices?: SliceCandidate[];
    /** How the text channel changes logistic regression; null if no words were collected. */
    text?: TextGain | null;
    /** The same for the embedding channel, after the text channel; null if there was none. */
    embeddings?: EmbeddingsGain | null;
    /** Networks that were worse after the first folds and were not fitted further. */
    lost?: Lost[];
    why: string;
  };
  test: {
    metrics: Metrics;
    reliability: ReliabilityBin[];
    /** The interval for the share of right answers at a score, by tenth of the answers. Absent in older reports. */
    band?: BandPoint[];
    /** The same without bins, with a pointwise 95% band. Absent in older reports. */
    reliabilityCurve?: CurvePoint[];
    riskCoverage: RiskCoveragePoint[];
    /** The risk at evenly spaced coverages, with a pointwise 95% band. Absent in older reports. */
    riskBand?: RiskBandPoint[];
    /** The risk at the same coverages if answers were ranked by their labels. Absent in older reports. */
    oracle?: Pick<RiskBandPoint, 'coverage' | 'risk'>[];
    /**
     * Log-loss and ECE of the shipped predictor with its logit divided by T, on the certify part; T = 1 is as shipped.
     */
    temperatures: TemperaturePoint[];
    /** Number of certify rows by probability: 20 bins of equal width, right and wrong rows counted separately. */
    histogram: { low: number; high: number; right: number; wrong: number }[];
    /** Spiegelhalter's test of calibration, with the rows of a question as one cluster; null if it does not exist. */
    spiegelhalter?: { z: number; pvalue: number } | null;
    /** Calibration of the models' own probabilities of the options, if these and the right options are recorded. */
    choices?: { answers: number; options: number; fullEce: Estimate };
    /** The coverage at which `accuracyAtCoverage` is measured, for this and all other predictors. */
    accuracyCoverage?: number;
  };
  /**
   * What was bounded because there are many answers: `alone`, the number of training answers that show what a signal
   * tells alone; `draws`, the bootstrap draws behind each interval. Absent: all answers, and as many draws as asked
   * for.
   */
  sampled?: { alone?: number; draws?: number };
  /** The calibration error that a perfect predictor would have on these answers; slices of model and task by name. */
  perfect?: Omit<Perfect, 'worstSliceEce'> & { worstSliceEce: (PerfectRange & { slice: string }) | null };
  /** The "before": a recorded confidence, used as a probability without change. Null if none is recorded. */
  before: Standing | null;
  baselines: Record<string, Standing>;
  paired: Paired[];
  slices: SliceRow[];
  /** Absent if no answer has an equation, with many answers, and in older reports. */
  equations?: EquationWorth;
  signals: SignalWorth[];
  thresholds: CertifiedThreshold[];
  /** A claim for each slice if decisions are made by pattern. Each holds on its own; none is used for decisions. */
  sliceClaims?: CertifiedThreshold[];
  /** What decisions cost on the certify part; absent without a cost table. */
  costs?: CostReport;
  alphaCoverage: AlphaCoverage[];
  /** Certified coverage by number of labelled questions, for each pattern. */
  labelsBuy?: { pattern: string; alpha: number; points: Bought[] }[];
  /** First with all recorded signals, then the patterns that have their own predictor. */
  patterns?: PatternStanding[];
  leftOut?: LeftOut[];
  learningCurve?: LearningCurve;
  /** Rows and labels that deserve a second look, by id. */
  suspects?: Suspects;
  /** How reliable raters and verifiers are; absent unless at least two rated enough answers, and in older reports. */
  raters?: Raters;
  /** The certify answers on which the predictor was most confident and wrong. */
  mistakes?: Mistakes;
  /** Seconds by step. */
  timings: Record<string, number>;
}

/** What would probably be certified with a number of labelled questions. */
export interface Bought {
  /** Labelled questions of the pattern, in both parts together. */
  questions: number;
  /** The same as a multiple of the present number. */
  times: number;
  /** The largest share of the answers that would be certified with a chance of at least one half; 0 if none would. */
  coverage: number;
}

/**
 * Out-of-fold log-loss of logistic regression with the text channel minus without it, paired, clustered by question.
 */
export interface TextGain {
  difference: number;
  standardError: number;
  used: boolean;
}

/** The same for the embedding channel, and what it reads if it is used. */
export interface EmbeddingsGain extends TextGain {
  /** The names of the vectors; empty if the channel is not used. */
  names: string[];
  /** Ridge penalty of its logistic regression, and the number of hidden units of its projection; 0: none. */
  penalty?: number;
  width?: number;
  /** Widths of the layers of its probe; empty or absent: none. */
  probe?: number[];
}

export interface Lost {
  name: string;
  to: string;
  difference: number;
}

/**
 * A strength of pooling with its cross-validated log-loss, and the paired difference from the better of the two
 * candidates without separate lines. Strength null: the logits unchanged; ∞: one Platt line for all slices.
 */
export interface SliceCandidate {
  strength: number | null;
  logLoss: number;
  difference: number;
  standardError: number;
  chosen: boolean;
}
