import { cutsOf } from '../../models/costs.js';
import type { CostedPolicy, Estimate, Metrics, ReportData } from '../../report/results.js';
import { metricNames } from '../../report/words.js';
import { fakeReport } from './fake-report.js';

/** TEST DATA: reports at the edges, made from the made-up one. */

export const NASTY = `<script>alert("x")</script><img src=x onerror='y'> & "quoted" 'name' \`tick\` | *star* https://example.com/a?b=1&c=2`;

/** Names that hold markup, quotes, addresses, control characters and 400 letters on end. */
export function hostileReport(): ReportData {
  const data = fakeReport(2, 600);
  const long = 'w'.repeat(400);
  return {
    ...data,
    title: NASTY,
    data: { ...data.data, files: [NASTY, `${long}.jsonl`], warnings: [NASTY, `\u0000\u0007bell ${long}`] },
    backend: { name: NASTY, said: NASTY },
    options: { [NASTY]: NASTY, nested: { list: [NASTY], nothing: null } },
    versions: { ...data.versions, vouch: NASTY },
    before: data.before === null ? null : { ...data.before, name: NASTY, says: NASTY },
    baselines: { [NASTY]: { ...data.baselines.baseRate, name: NASTY, says: NASTY } },
    paired: data.paired.map((pair) => ({ ...pair, against: NASTY })),
    slices: data.slices.map((row, i) => ({ ...row, name: i % 2 === 0 ? NASTY : long })),
    signals: data.signals.map((row) => ({ ...row, name: NASTY })),
    selection: { learners: [{ ...data.selection.learners[0], name: NASTY }], calibrators: [], why: NASTY },
    thresholds: data.thresholds.map((t) => ({ ...t, pattern: NASTY, method: NASTY })),
    alphaCoverage: data.alphaCoverage.map((point) => ({ ...point, pattern: NASTY })),
    parts: data.parts.map((part) => ({ ...part, usedFor: NASTY })),
    timings: { [NASTY]: 1 },
  };
}

const nothing: Estimate = { value: null, low: null, high: null };

/** Nothing measured: no before, no baselines, no slices, signals, thresholds, curves; every metric null. */
export function emptyReport(): ReportData {
  const data = fakeReport(3, 200);
  return {
    ...data,
    before: null,
    baselines: {},
    paired: [],
    slices: [],
    signals: [],
    thresholds: [],
    alphaCoverage: [],
    timings: {},
    options: {},
    parts: [],
    selection: { learners: [], calibrators: [], why: '' },
    data: { ...data.data, files: [], warnings: [] },
    test: {
      metrics: Object.fromEntries(metricNames.map((name) => [name, nothing])) as Metrics,
      reliability: [],
      riskCoverage: [],
      temperatures: [],
      histogram: [],
    },
  };
}

/** A cost table, decisions by pattern and a claim for each of three slices, one of them with a nasty name. */
export function costedReport(): ReportData {
  const data = fakeReport(6, 900);
  const [t] = data.thresholds;
  const table = { wrong: 10, abstain: 3, escalate: 1, escalatedWrong: 0.5 };
  const policy = (name: CostedPolicy['name'], value: number): CostedPolicy => ({
    name,
    cost: { value, low: value - 0.1, high: value + 0.1 },
    difference: name === 'vouch' ? null : { value: 1.4 - value, low: 1.3 - value, high: 1.5 - value },
    accepted: 0.5,
    escalated: 0.3,
    abstained: 0.2,
  });
  return {
    ...data,
    sliceClaims: ['olmo · triviaqa', 'qwen · triviaqa', NASTY].map((slice, i) => ({
      ...t,
      slice,
      threshold: i === 1 ? null : t.threshold,
      n: 300,
    })),
    costs: {
      table,
      cuts: cutsOf(table),
      policies: [policy('vouch', 1.4), policy('accept', 2.5), policy('abstain', 3)],
      curve: Array.from({ length: 101 }, (_, k) => ({
        threshold: k / 100,
        seen: 1.2 + (k / 100 - 0.7) ** 2,
        expected: 1.25 + (k / 100 - 0.8) ** 2,
      })),
      undecided: 0.04,
    },
  };
}

/** Nothing could be certified at the wanted α; 10% could. */
export function uncertifiedReport(): ReportData {
  const data = fakeReport(4, 800);
  const [t] = data.thresholds;
  const advice = 'About 240 more labelled questions would do, if accuracy stays as it is';
  return {
    ...data,
    thresholds: [{ ...t, threshold: null, accepted: 0, acceptedGroups: 0, coverage: 0, error: null, advice }],
    alphaCoverage: [
      { pattern: t.pattern, alpha: 0.05, coverage: 0, threshold: null, indication: false },
      { pattern: t.pattern, alpha: 0.1, coverage: 0.312, threshold: 0.8321, indication: false },
      { pattern: t.pattern, alpha: 0.2, coverage: 0.655, threshold: 0.5432, indication: false },
    ],
  };
}

/** Several patterns of signals, hundreds of slices and of signals, one metric that does not exist. */
export function wideReport(): ReportData {
  const data = fakeReport(5, 3000);
  const [t] = data.thresholds;
  const patterns = ['free', 'free+logprobs', 'free+logprobs+samples', 'free+verifiers'];
  return {
    ...data,
    thresholds: patterns.map((pattern, i) =>
      i === 3
        ? {
            ...t,
            pattern,
            n: 90,
            groups: 45,
            threshold: null,
            accepted: 0,
            acceptedGroups: 0,
            coverage: 0,
            error: null,
            advice: 'Too few accepted questions: 31 of at least 59.',
          }
        : {
            ...t,
            pattern,
            n: 1000 + 100 * i,
            groups: 500 + 50 * i,
            accepted: 100 + 150 * i,
            acceptedGroups: 90 + 120 * i,
            coverage: 0.1 + 0.12 * i,
            error: 0.02 + 0.006 * i,
            delta: 0.05 / 3,
          },
    ),
    alphaCoverage: patterns.flatMap((pattern, i) =>
      data.alphaCoverage.map((point) => ({ ...point, pattern, coverage: point.coverage * (0.5 + 0.2 * i) })),
    ),
    slices: Array.from({ length: 700 }, (_, i) => ({
      ...data.slices[7 + (i % 10)],
      by: (['model', 'task', 'model and task'] as const)[i % 7 === 0 ? 0 : i % 7 === 1 ? 1 : 2],
      name: `slice-${i} · a-task-with-a-rather-long-name-${i % 40}`,
      auroc: i % 5 === 0 ? null : 0.7,
    })),
    signals: Array.from({ length: 800 }, (_, i) => ({
      ...data.signals[i % data.signals.length],
      name: `features.own${i}`,
    })),
    test: { ...data.test, metrics: { ...data.test.metrics, aurocWithin: nothing } },
  };
}
