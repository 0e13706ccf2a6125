import { basename } from 'node:path';
import { leastGroups } from '../../metrics/interval/least-groups.js';
import type { Policy } from '../../scorer/policy/policy.js';
import { stopOf, worth } from '../../scorer/policy/prices.js';
import type { Random } from '../../support/random.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import type { TrainContext } from '../../train/context.js';
import type { TrainOptions } from '../../train/options.js';
import { certifyPlans } from '../certify/certify-plans.js';
import { type Candidate, fixedCuts } from '../choose/candidates.js';
import type { Chosen } from '../choose/choose-and-certify.js';
import type { Lattice } from '../choose/orders.js';
import { outcomeOf } from '../choose/outcome.js';
import { sequenceOf } from '../choose/sequence.js';
import type { Economy } from '../economy.js';
import type { SortedCases } from '../intake/sort-cases.js';
import type { PolicyOptions } from '../options.js';
import type { CaseTable } from '../table.js';
import { frontierOf } from './frontier.js';
import type { PolicyReport, TestLine } from './results.js';
import { stateLines } from './states.js';
import { type Rival, waysOf } from './ways.js';

interface ReportOf {
  policy: Policy;
  chosen: Chosen;
  best: Candidate;
  fit: CaseTable;
  certify: CaseTable;
  sorted: SortedCases;
  economy: Economy;
  options: PolicyOptions;
  training: Pick<TrainOptions, 'resamples'>;
  context: Pick<TrainContext, 'created' | 'versions' | 'files' | 'warnings' | 'read'>;
  lattice: Lattice;
  random: Random;
  delta: number;
  cap: number | null;
}

/** All results of a run. */
export function reportOf(of: ReportOf): PolicyReport {
  const { policy, chosen, best, fit, certify, sorted, economy, options, context, lattice, random, training } = of;
  const { prices, plan, claim } = policy;
  const outcome = outcomeOf(plan, certify, economy.names);
  const states = stateLines(plan, best.values, certify, { outcome, names: economy.names });
  const boughtShare = (name: string) => {
    const k = plan.order.indexOf(name);
    return k < 0 ? 0 : (states[k + 1]?.reached ?? 0);
  };
  const groups = (table: CaseTable) => new Set(table.group).size;
  return {
    kind: 'policy',
    created: context.created,
    versions: context.versions,
    seed: options.seed,
    targetError: options.targetError,
    confidence: options.confidence,
    data: {
      files: context.files.map((file) => basename(file)),
      answers: context.read,
      cases: sorted.complete.length,
      questions: groups(fit) + groups(certify),
      leftOut: sorted.leftOut,
      fit: { cases: fit.n, questions: groups(fit) },
      certify: { cases: certify.n, questions: groups(certify) },
      weighted: sorted.isWeighted,
      warnings: context.warnings,
    },
    stages: prices.stages.map(({ name, model, fields, k, price }) => ({
      ...{ name, model: model ?? null, fields, k: k ?? null, price },
      money: worth(price, prices),
      bought: boughtShare(name),
    })),
    first: { price: prices.first.price, money: economy.first },
    wrong: prices.wrong,
    stop: stopOf(prices),
    searched: { orders: lattice.orders.length, states: lattice.states.size, candidates: chosen.candidates.length },
    claim,
    advice: claim === null ? adviceFor(of) : null,
    order: plan.order,
    states,
    tests: testLines(chosen),
    ways: waysOf(rivalsOf(of), certify, economy, { random: random.fork('ways'), resamples: training.resamples }),
    frontier: frontierOf(chosen.candidates),
  };
}

/** The policy, then what it is compared with. Those with a test are chosen and tested as the policy was. */
function rivalsOf({ policy, chosen, fit, certify, economy, options, random, delta, cap, lattice }: ReportOf): Rival[] {
  const all = lattice.orders.reduce((longest, order) => (order.length > longest.length ? order : longest));
  const acceptAll = (order: string[]) => ({ order, cuts: fixedCuts(order, [0])[0] });
  const among = (name: string, test: (candidate: Candidate) => boolean): Rival[] => {
    const plan = { alpha: options.targetError, delta, groups: new Set(certify.group).size, cap };
    const sequence = sequenceOf(chosen.candidates.filter(test), fit, plan);
    const { certified } = certifyPlans(sequence, certify, { ...plan, names: economy.names }, random.fork(name));
    return certified === null ? [] : [{ name, plan: certified.candidate.plan, certified: true }];
  };
  return [
    { name: 'this policy', plan: policy.plan, certified: policy.claim !== null },
    { name: 'the first answer, always accepted', plan: acceptAll([]), certified: false },
    { name: 'everything bought, always accepted', plan: acceptAll(all), certified: false },
    ...among(
      'everything bought, certified threshold',
      ({ family, plan }) => family === 'fixed' && plan.order.length === all.length,
    ),
    ...among('the best fixed set of stages, certified', ({ family }) => family === 'fixed'),
    ...among('a cascade of thresholds, certified', ({ family }) => family === 'threshold'),
  ];
}

function testLines({ sequence, tested, certified }: Chosen): TestLine[] {
  const passed = certified === null ? 0 : tested.indexOf(certified) + 1;
  return sequence.map(({ family, plan, account, outlook }, i) => {
    const test = tested[i];
    return {
      ...{ family, order: [...plan.order], fitCost: account.total, fitError: account.error, power: outlook.power },
      pvalue: test?.pvalue ?? null,
      coverage: test?.coverage ?? null,
      error: test?.error ?? null,
      passed: test === undefined ? null : i < passed,
    };
  });
}

function adviceFor({ chosen, options, certify, delta }: ReportOf): string {
  const { targetError: alpha } = options;
  const [first] = chosen.tested;
  const least = leastGroups(alpha, delta);
  if (first === undefined) {
    return (
      `On the fit questions no policy is likely to pass at ${100 * alpha}% errors on ` +
      `${plural(new Set(certify.group).size, 'certify question')}. A higher --target-error, more questions or a ` +
      'stage that says more would help.'
    );
  }
  return (
    `The most cautious policy did not pass: it accepted ${plural(first.acceptedGroups, 'certify question')}, and at ` +
    `least ${thousands(least)} without an error are needed. More labelled questions or a higher --target-error would help.`
  );
}
