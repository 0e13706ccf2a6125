import { splitByGroup } from '../data/split.js';
import type { Answer } from '../data/token-list.js';
import { deltaOf } from '../metrics/interval/delta-of.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { BundleFiles } from '../models/bundle/write.js';
import { emitModel } from '../models/model.js';
import { scorerOf } from '../scorer/open.js';
import { answersAt } from '../scorer/policy/answers-at.js';
import type { Case } from '../scorer/policy/case.js';
import { conditionsOf } from '../scorer/policy/conditions.js';
import { POLICY_FILE, POLICY_FORMAT, type Policy } from '../scorer/policy/policy.js';
import type { Prices } from '../scorer/policy/prices.js';
import { probabilityOf } from '../scorer/policy/probability-of.js';
import type { Scorer } from '../scorer/scorer.js';
import { digestOf } from '../support/digest.js';
import { silent } from '../support/progress.js';
import { random } from '../support/random.js';
import { goldenRows } from '../train/bundle/golden.js';
import { manifestOf } from '../train/bundle/manifest-of.js';
import type { TrainContext } from '../train/context.js';
import { checkData } from '../train/prepare/gate.js';
import { METHOD } from './certify/certify-plans.js';
import { bestUncertified } from './choose/best-uncertified.js';
import { type Chosen, chooseAndCertify } from './choose/choose-and-certify.js';
import { latticeOf } from './choose/orders.js';
import { economyOf } from './economy.js';
import { collectRows } from './fit/collect-rows.js';
import { fitPatterns } from './fit/fit-patterns.js';
import { gathered, labelsOf, linesOf, scoredCases, tableFrom } from './fit/state-table.js';
import { refuseSelected } from './intake/depends-on-score.js';
import { labelWeight } from './intake/label-weight.js';
import type { SortedCases } from './intake/sort-cases.js';
import { type PolicyOptions, trainingOf } from './options.js';
import { policyHtml } from './report/html.js';
import { reportOf } from './report/report-of.js';
import type { PolicyReport } from './report/results.js';
import { statesOf } from './table.js';

/** The folder of a policy: a bundle with policy.json in it. */
interface TrainedPolicy {
  files: BundleFiles;
  manifest: Omit<Manifest, 'files'>;
  policy: Policy;
  report: PolicyReport;
}

/**
 * All steps from complete cases to a certified policy. Questions are split first. On the fit questions, one predictor
 * per pattern of signals is fitted; out-of-fold probabilities of every state give candidate policies, and a sequence of
 * them that is fixed before the certify questions are looked at. Then these are scored once by what ships, and the
 * sequence is tested. Errors: the codes of `checkData`; SELECTED_LOG.
 */
export async function trainPolicy(
  sorted: SortedCases,
  prices: Prices,
  options: PolicyOptions,
  context: TrainContext,
): Promise<TrainedPolicy> {
  const training = trainingOf(options);
  const seed = random(options.seed);
  const economy = economyOf(prices);
  const lattice = latticeOf(prices, (name) => economy.stage.get(name)!);
  const { fit, certify } = splitCases(sorted, training, seed.fork('parts').seed);

  const { data, rows } = collectRows(fit.cases, fit.weight, lattice.states, {
    prices,
    options: training,
    plugins: context.plugins,
  });
  checkData(data, training);
  const shown = (context.show ?? silent)('train', { unit: 'fits' });
  const { fitted, outOfFold, fold } = await fitPatterns(data, {
    options: training,
    context,
    random: seed.fork('fit'),
    progress: shown,
  });
  shown.done();

  const manifest = manifestOf(fitted, { data, rows: Int32Array.from(rows.keys()), options: training, context });
  const graph = emitModel(fitted.model, context.versions.vouch);
  const scorer = await scorerOf(graph, manifest, { plugins: context.plugins });
  try {
    const labels = labelsOf(fit.cases, lattice.states, prices);
    const given = gathered(rows, outOfFold, fit.cases.length);
    const lines = linesOf(given, labels, fit.weight);
    const before = tableFrom(fit.cases, fit.weight, { given, lines, labels });
    const scored = await scoredCases(scorer, certify.cases, lattice.states, prices);
    const tested = tableFrom(certify.cases, certify.weight, {
      ...{ given: scored, lines, labels: labelsOf(certify.cases, lattice.states, prices) },
    });
    if (!sorted.isWeighted)
      await checkMissing(scorer, sorted, { prices, field: options.boughtChance, seen: [given, scored] });

    const search = {
      ...{ orders: lattice.orders, economy, alpha: options.targetError },
      fold: foldOfCases(rows, fold, fit.cases.length),
    };
    const delta = deltaOf(options.confidence);
    const cap =
      sorted.mostWeight === null ? null : sorted.mostWeight * mostCases(sorted.complete) * heaviestLabel(fit.cases);
    const chosen = chooseAndCertify(before, tested, { ...search, delta, cap }, seed.fork('certify'));
    const best = chosen.certified?.candidate ?? bestUncertified(chosen.candidates, options.targetError);
    const policy: Policy = {
      formatVersion: POLICY_FORMAT,
      plan: best.plan,
      lines: statesOf(best.plan.order, economy.names).map((state) => lines.get(state)!),
      values: best.values,
      prices,
      conditions: conditionsOf(sorted.complete, prices),
      claim: claimOf(chosen, { targetError: options.targetError, delta, weight: fit.weight }),
    };
    const report = reportOf({
      policy,
      chosen,
      best,
      fit: before,
      certify: tested,
      sorted,
      economy,
      options,
      context,
      lattice,
      training,
      random: seed.fork('report'),
      delta,
      cap,
    });
    const golden = await goldenRows(scorer, seed.fork('golden'));
    const files: BundleFiles = {
      'model.onnx': graph,
      'golden.json': `${JSON.stringify(golden)}\n`,
      [POLICY_FILE]: `${JSON.stringify(policy, null, 1)}\n`,
      'report.json': `${JSON.stringify(report, null, 1)}\n`,
      'report.html': policyHtml(report),
    };
    return { files, manifest, policy, report };
  } finally {
    await scorer.close();
  }
}

interface Part {
  cases: Case[];
  weight: Float64Array;
}

/** Splits cases by question: 80/20, or 70/30 with few questions. */
function splitCases(
  { complete, weight }: SortedCases,
  {
    smallGroups,
    certifyShare,
    certifyShareSmall,
  }: { smallGroups: number; certifyShare: number; certifyShareSmall: number },
  seed: string,
): { fit: Part; certify: Part } {
  const groups = complete.map(({ group }) => group);
  const share = new Set(groups).size < smallGroups ? certifyShareSmall : certifyShare;
  const certifies = splitByGroup(groups, share, random(seed));
  const part = (which: number): Part => ({
    cases: complete.filter((_, i) => certifies[i] === which),
    weight: weight.filter((_, i) => certifies[i] === which),
  });
  return { fit: part(0), certify: part(1) };
}

/** Refuses logs in which what is missing depends on the score of the first answer. */
async function checkMissing(
  scorer: Scorer,
  { incomplete }: SortedCases,
  { prices, field, seen }: { prices: Prices; field: string; seen: readonly ReadonlyMap<string, number[][]>[] },
): Promise<void> {
  if (incomplete.length === 0) return;
  const records = incomplete.map((each) => answersAt(each, new Set(), prices)[0] as Answer);
  const scores = await scorer.scoreMany(records);
  const complete = seen.flatMap((given) => given.get('')!.map(([p]) => p));
  refuseSelected(Float64Array.from(complete), Float64Array.from(scores, probabilityOf), field);
}

function foldOfCases(rows: readonly { at: number }[], fold: Int32Array, cases: number): Int32Array {
  const of = new Int32Array(cases);
  rows.forEach(({ at }, i) => {
    of[at] = fold[i];
  });
  return of;
}

/** The most cases of one question. */
function mostCases(cases: readonly Case[]): number {
  const counts = new Map<string, number>();
  for (const { group } of cases) counts.set(group, (counts.get(group) ?? 0) + 1);
  return [...counts.values()].reduce((most, n) => Math.max(most, n), 1);
}

/** The largest weight of a label. The certify cases play no part: what is fixed before a test must not come from them. */
function heaviestLabel(cases: readonly Case[]): number {
  return cases.reduce((most, each) => Math.max(most, labelWeight(each) ?? 1), 0);
}

function claimOf(
  { certified }: Chosen,
  { targetError, delta, weight }: { targetError: number; delta: number; weight: Float64Array },
): Policy['claim'] {
  if (certified === null) return null;
  const { candidate, groups, acceptedGroups, coverage, error, cap, capped } = certified;
  const mean = weight.reduce((sum, w) => sum + w, 0) / weight.length;
  const id = `policy-${digestOf(candidate.plan).slice(0, 8)}`;
  return {
    id,
    alpha: targetError,
    delta,
    guarantee: 'finite-sample',
    method: METHOD,
    groups,
    acceptedGroups,
    coverage,
    error,
    cap: cap / mean,
    capped,
  };
}
