/** A figure of report.json or of `vouch evaluate` that is not one of the metrics. */
interface Figure {
  /** Where it is in report.json; `[]` stands for each entry of a list. */
  at: string;
  /** What it is and how it is made, in full sentences. */
  says: string;
}

/** Figures on how well the shipped predictor does, besides the metrics. */
const quality: readonly Figure[] = [
  {
    at: 'test.reliability[]',
    says:
      'Reliability diagram: the mean probability and the share of right answers in 15 bins of equal mass. `low` and ' +
      '`high` are a 95% Wilson interval with the effective number of questions (Wilson 1927; Kish 1965).',
  },
  {
    at: 'test.band[]',
    says:
      'How well the interval from `low` to `high` of a score fits: for each tenth of the answers, its mean bounds ' +
      'and the share of right answers.',
  },
  {
    at: 'test.riskCoverage[]',
    says: 'Risk–coverage curve: the share of errors among the answers at or above a threshold, and their share of all answers (El-Yaniv & Wiener 2010).',
  },
  {
    at: 'test.histogram[]',
    says: 'Number of right and of wrong answers by probability, in 20 bins of equal width.',
  },
  {
    at: 'test.temperatures[]',
    says:
      'Log-loss and ECE if the logit is divided by a temperature T; T = 1 is the predictor as shipped. A minimum at ' +
      'T > 1 shows overconfidence, one at T < 1 underconfidence.',
  },
  {
    at: 'test.spiegelhalter',
    says:
      "Spiegelhalter's test of calibration: z is standard normal if the labels follow the probabilities; above 0 means " +
      'overconfident. The p-value is two-sided. The answers to one question count as one cluster (Spiegelhalter 1986).',
  },
  {
    at: 'test.choices.fullEce',
    says: "Full-ECE: see [calibration](#calibration). It is there if the models' probabilities of the options are recorded.",
  },
  {
    at: 'test.accuracyCoverage',
    says: 'The coverage at which `accuracyAtCoverage` was measured.',
  },
  {
    at: 'perfect',
    says:
      'The smooth ECE, and the largest ECE of a model and task, that a perfect predictor would have on the same ' +
      'number of answers: the middle 99% of 1,000 simulated sets of labels. `correlation` is how strongly the ' +
      'labels of one question depend on each other (one-factor normal model).',
  },
  {
    at: 'before, baselines.NAME',
    says:
      'The same metrics for a recorded confidence, used unchanged, and for simple predictors: the base rate, the ' +
      'best calibrated signal, Platt scaling per model and task.',
  },
  {
    at: 'paired[]',
    says: 'The difference of a metric, vouch minus a baseline, on the same draws of questions. Below 0 is better for losses, above 0 for AUROC.',
  },
  {
    at: 'slices[]',
    says:
      'For each model and task: number of answers and questions, share of right answers, mean probability, ' +
      'log-loss, Brier score, AUROC, ECE; without intervals.',
  },
];

/** Figures on decisions and promises. */
const decisions: readonly Figure[] = [
  {
    at: 'thresholds[], sliceClaims[]',
    says:
      '`alpha` is the allowed share of errors, `delta` one minus the confidence, `coverage` the share of the answers ' +
      'that are accepted, `error` the share of errors seen among them, `n` and `groups` the answers and questions that ' +
      'certified. [Certification](certification.md) explains the test.',
  },
  {
    at: 'alphaCoverage[]',
    says:
      'The coverage that can be certified for each allowed share of errors. If `indication` is true, the points ' +
      'hold one at a time: the confidence does not cover choosing among them afterwards.',
  },
  {
    at: 'labelsBuy[]',
    says:
      'The coverage that would probably be certified with more or fewer labelled questions (with a chance of at ' +
      'least one half).',
  },
  {
    at: 'costs',
    says: 'With a cost table: the mean cost per answer of the decisions and of simpler rules, with paired differences and intervals.',
  },
  {
    at: 'decisions[] (of evaluate)',
    says: 'For each pattern of signals: answers, accepted, escalated and undecided answers, and the share of errors among the accepted next to the promised one.',
  },
];

/** Figures on signals, patterns and learning. */
const learning: readonly Figure[] = [
  {
    at: 'selection',
    says:
      'Out-of-fold log-loss of each learner and calibrator. `difference` is the paired difference to the best one, ' +
      'and `standardError` its standard error, clustered by question. The simplest one within one standard error is ' +
      'chosen.',
  },
  {
    at: 'signals[]',
    says:
      '`recorded`: share of the answers that have the signal. `auroc`, `aurocWithin`: of the signal alone. `dropOne`: rise ' +
      'of the log-loss without it, in nats. `permutation`: rise of the log-loss if its values are shuffled, in nats.',
  },
  {
    at: 'patterns[]',
    says:
      'Log-loss and AUROC on the same answers if some signals are hidden; `cost` is the paired rise of the ' +
      'log-loss, `decisionsChanged` the share of decisions that change.',
  },
  {
    at: 'leftOut[]',
    says:
      'Log-loss, AUROC and debiased ECE on a model or task that was left out of training, and the paired ' +
      'difference. `shifted`: share of the answers with a shift above 1.',
  },
  {
    at: 'learningCurve',
    says: 'Out-of-fold log-loss by number of labels, and the gain that a power law predicts for more labels.',
  },
  {
    at: 'mistakes, suspects',
    says: 'Answers whose probability was farthest from their label, and labels or questions that deserve a second look.',
  },
];

/** All figures besides the metrics, by what they are about. */
export const figures: readonly { title: string; list: readonly Figure[] }[] = [
  { title: 'The predictor', list: quality },
  { title: 'Decisions and promises', list: decisions },
  { title: 'Signals, patterns and learning', list: learning },
];
