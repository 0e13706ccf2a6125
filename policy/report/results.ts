import type { Estimate } from '../../metrics/interval/interval.js';
import type { Cut, PolicyClaim, Values } from '../../scorer/policy/policy.js';
import type { Price } from '../../scorer/policy/prices.js';
import type { Family } from '../choose/candidates.js';
import type { LeftOut } from '../intake/sort-cases.js';

/** A way of buying, judged on the certify cases. All costs are money per question. */
export interface Way {
  name: string;
  order: string[];
  /** Signals and first answers; with the prices of what was not returned and of wrong answers that were. */
  signals: Estimate;
  total: Estimate;
  /** Share of questions whose returned answer is accepted, and of wrong answers among these. */
  coverage: Estimate;
  error: Estimate;
  /** Whether this way passed the same test at the same α. Always false for ways that accept everything untested. */
  certified: boolean;
  /** Total of this way minus that of the policy, paired by question; null for the policy itself. */
  saved: Estimate | null;
}

/** A candidate on the frontier: no other one costs less with fewer errors. */
export interface FrontierPoint {
  family: Family;
  order: string[];
  /** On the fit cases. */
  cost: number;
  error: number;
  coverage: number;
}

/** A plan of the sequence with its test. `passed` is null if it was not tested. */
export interface TestLine {
  family: Family;
  order: string[];
  fitCost: number;
  fitError: number | null;
  power: number;
  pvalue: number | null;
  coverage: number | null;
  error: number | null;
  passed: boolean | null;
}

/** One state of the policy on the certify cases. */
export interface StateLine {
  /** What was bought before; the stage that comes next, or null. */
  bought: string[];
  next: string | null;
  /** Share of questions that reach the state; of these, the shares by action. */
  reached: number;
  accept: number;
  buy: number;
  stop: number;
  /** How good the probability is on all certify cases. */
  logLoss: number | null;
  auroc: number | null;
  cuts: Cut[];
  values: Values | null;
  /** Share of the questions here whose probability is where buying and not buying are worth about the same. */
  uncertain: number;
}

/** The content of report.json in the folder of a policy. */
export interface PolicyReport {
  kind: 'policy';
  created: string;
  versions: Record<string, string>;
  seed: number;
  targetError: number;
  confidence: number;
  data: {
    files: string[];
    answers: number;
    cases: number;
    questions: number;
    leftOut: LeftOut;
    fit: { cases: number; questions: number };
    certify: { cases: number; questions: number };
    weighted: boolean;
    warnings: string[];
  };
  stages: {
    name: string;
    model: string | null;
    fields: string[];
    k: number | null;
    price: Price;
    money: number;
    bought: number;
  }[];
  first: { price: Price; money: number };
  wrong: number;
  stop: { decision: 'abstain' | 'escalate'; money: number };
  searched: { orders: number; states: number; candidates: number };
  claim: PolicyClaim | null;
  advice: string | null;
  order: string[];
  states: StateLine[];
  tests: TestLine[];
  ways: Way[];
  frontier: FrontierPoint[];
}
