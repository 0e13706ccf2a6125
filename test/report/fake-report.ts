import type { Estimate, Metrics, ReliabilityBin, ReportData, Standing } from '../../report/results.js';
import { random } from '../../support/random.js';

/**
 * TEST DATA, made up: a report of answers that never were, drawn from a seeded generator, so that pages can be looked at and
 * asserted on. Numbers hang together (bins, curves, slices count the same rows) but measure nothing.
 */
export function fakeReport(seed = 1, n = 1998): ReportData {
  const rng = random(seed);
  const models = ['olmo-3-7b', 'qwen3-8b-instruct', 'mistral-small', 'gemma-3-4b', 'phi-4-mini'];
  const tasks = ['triviaqa', 'arithmetic'];
  const rows = Array.from({ length: n }, (_, i) => {
    const model = models[i % 5];
    const task = tasks[Math.floor(i / 5) % 2];
    const skill = 1.1 - 0.35 * (i % 5) + (task === 'arithmetic' ? -0.4 : 0.4);
    const z = skill + 1.9 * rng.normal();
    const p = sigmoid(z);
    const shift = model === 'gemma-3-4b' && task === 'arithmetic' ? -0.9 : 0;
    const y = rng.next() < sigmoid(z + shift) ? 1 : 0;
    return { model, task, p, y, raw: Math.min(0.999, sigmoid(0.35 * z + 2.1 + 0.6 * rng.normal())) };
  });
  type Row = (typeof rows)[number];
  const shipped = metricsOf(rows, (row) => row.p);
  const raw = metricsOf(rows, (row) => row.raw);
  const rate = mean(rows.map((row) => row.y));
  const platt = metricsOf(rows, (row) => sigmoid(1.6 * logit(row.raw) - 3.6));
  const single = metricsOf(rows, (row) => sigmoid(1.4 * logit(row.raw) - 3.1));
  const base = metricsOf(rows, () => rate);
  const standing = (name: string, says: string, metrics: Metrics, of: (row: Row) => number): Standing => ({
    name,
    says,
    metrics,
    reliability: binsOf(rows, of),
  });
  const sorted = [...rows].sort((a, b) => b.p - a.p);
  let wrong = 0;
  const riskCoverage = sorted
    .map((row, i) => {
      wrong += 1 - row.y;
      return { coverage: (i + 1) / n, risk: wrong / (i + 1), threshold: row.p };
    })
    .filter((_, i) => i >= 20 && i % 10 === 0);
  const at = (alpha: number) => riskCoverage.filter(({ risk }) => risk <= alpha - 0.012).at(-1);
  const point = at(0.05) ?? riskCoverage[0];
  const accepted = Math.round(point.coverage * n);
  const baselines = {
    baseRate: standing('baseRate', 'the share of right answers in the fit part', base, () => rate),
    bestSignal: standing('bestSignal', 'Platt on tokens.pavg', single, (row) => sigmoid(1.4 * logit(row.raw) - 3.1)),
    plattPerCell: standing('plattPerCell', 'Platt per (model, task) on tokens.pavg', platt, (row) =>
      sigmoid(1.6 * logit(row.raw) - 3.6),
    ),
  };
  const cut = (by: 'model' | 'task' | 'model and task', name: string, members: Row[]) => {
    const metrics = metricsOf(members, (row) => row.p);
    return {
      by,
      name,
      rows: members.length,
      groups: Math.ceil(members.length / 2),
      right: mean(members.map((row) => row.y)),
      meanProbability: mean(members.map((row) => row.p)),
      logLoss: metrics.logLoss.value!,
      brier: metrics.brier.value!,
      auroc: metrics.auroc.value,
      ece: metrics.ece.value!,
    };
  };
  const families = ['tokens', 'text', 'choices', 'samples', 'verifiers', 'features'];
  const signals = Array.from({ length: 57 }, (_, i) => {
    const auroc = 0.5 + 0.3 * Math.exp(-i / 14) * (rng.next() < 0.3 ? -1 : 1) + 0.02 * rng.normal();
    return {
      name: `${families[i % 6]}.${['meanEntropy', 'pavg', 'worstWindow', 'overlap', 'hedges', 'agreement', 'length'][i % 7]}${i}`,
      recorded: i % 4 === 0 ? 0.82 : 1,
      auroc: i % 19 === 7 ? null : auroc,
      aurocWithin: i % 19 === 7 ? null : 0.5 + 0.8 * (auroc - 0.5),
      dropOne: 0.002,
      permutation: 0.043 * Math.exp(-i / 6) + 0.0004 * rng.normal(),
    };
  }).sort((a, b) => b.permutation - a.permutation);
  return {
    title: 'fake answers (test data)',
    created: '2026-01-05T10:00:00.000Z',
    versions: { vouch: '0.1.0', node: '20.19.2', '@tensorflow/tfjs-core': '4.22.0', 'onnxruntime-node': '1.30.0' },
    backend: { name: 'wasm', said: 'wasm (SIMD), after cuda: no device; webgpu: no hardware adapter' },
    seed: 1,
    options: {
      seed: 1,
      targetError: 0.05,
      confidence: 0.95,
      folds: 5,
      learners: ['logistic', 'mlp', 'blend'],
      mlp: { batch: 256, dropout: 0.2 },
    },
    data: {
      files: ['answers.jsonl.gz', 'grades.csv'],
      fingerprint: '9f2c4e1ab8d07735c6e9f2c4e1ab8d07735c6e9f2c4e1ab8d07735c6e9f2c4e1',
      read: 10012,
      labelled: 9990,
      unlabelled: 20,
      bad: 2,
      groups: 5000,
      right: rate,
      human: 0,
      models: 5,
      tasks: 2,
      signals: 57,
      numeric: 88,
      categorical: 3,
      warnings: [
        'No label was given by a person: quality and promises are about agreement with the automatic grader, which errs itself.',
      ],
    },
    parts: [
      {
        name: 'fit',
        rows: 9990 - n,
        groups: 4000,
        right: 0.617,
        usedFor:
          'Five folds by question choose learner, calibrator and threshold candidates; then all of it fits what ships.',
      },
      {
        name: 'certify',
        rows: n,
        groups: 1000,
        right: rate,
        usedFor: 'Touched once, by the predictor as shipped: every number of this report, and the certified threshold.',
      },
    ],
    selection: {
      learners: [
        { name: 'logistic', logLoss: 0.4312, difference: 0.0098, standardError: 0.0017, chosen: false },
        { name: 'mlp', logLoss: 0.4229, difference: 0.0015, standardError: 0.0009, chosen: false },
        { name: 'blend', logLoss: 0.4214, difference: 0, standardError: 0, chosen: true },
      ],
      calibrators: [
        { name: 'none', logLoss: 0.4217, difference: 0.0004, standardError: 0.0005, chosen: true },
        { name: 'temperature', logLoss: 0.4213, difference: 0, standardError: 0, chosen: false },
        { name: 'platt', logLoss: 0.4215, difference: 0.0002, standardError: 0.0003, chosen: false },
        { name: 'isotonic', logLoss: 0.4302, difference: 0.0089, standardError: 0.0021, chosen: false },
      ],
      why: 'blend has the lowest out-of-fold log-loss and nothing simpler is within one paired standard error of it; among calibrators, none is the simplest within one.',
    },
    test: {
      metrics: shipped,
      reliability: binsOf(rows, (row) => row.p),
      riskCoverage,
      temperatures: Array.from({ length: 25 }, (_, i) => {
        const temperature = 0.7 + 0.025 * i;
        const cooled = metricsOf(rows, (row) => sigmoid(logit(row.p) / temperature));
        return { temperature, logLoss: cooled.logLoss.value!, ece: cooled.ece.value! };
      }),
      histogram: Array.from({ length: 20 }, (_, i) => {
        const inside = rows.filter((row) => Math.min(19, Math.floor(row.p * 20)) === i);
        const right = inside.filter((row) => row.y === 1).length;
        return { low: i / 20, high: (i + 1) / 20, right, wrong: inside.length - right };
      }),
    },
    before: standing('tokens.pavg', 'mean token probability taken at its word', raw, (row) => row.raw),
    baselines,
    paired: Object.entries({ before: raw, baseRate: base, bestSignal: single, plattPerCell: platt }).flatMap(
      ([against, other]) =>
        (['logLoss', 'brier', 'aurocWithin', 'ece', 'accuracyAtCoverage'] as const).map((metric) => {
          const gap = shipped[metric].value! - other[metric].value!;
          return {
            against,
            metric,
            difference: { value: gap, low: gap - 0.2 * Math.abs(gap) - 0.006, high: gap + 0.2 * Math.abs(gap) + 0.006 },
          };
        }),
    ),
    slices: [
      ...models.map((model) =>
        cut(
          'model',
          model,
          rows.filter((row) => row.model === model),
        ),
      ),
      ...tasks.map((task) =>
        cut(
          'task',
          task,
          rows.filter((row) => row.task === task),
        ),
      ),
      ...models.flatMap((model) =>
        tasks.map((task) =>
          cut(
            'model and task',
            `${model} · ${task}`,
            rows.filter((row) => row.model === model && row.task === task),
          ),
        ),
      ),
    ],
    signals,
    thresholds: [
      {
        id: 'free+logprobs@0.05',
        signals: [],
        basis: 'natural',
        guarantee: 'finite-sample',
        pattern: 'free+logprobs',
        threshold: point.threshold,
        alpha: 0.05,
        delta: 0.05,
        n,
        groups: 1000,
        accepted,
        acceptedGroups: Math.round(accepted / 1.7),
        coverage: point.coverage,
        error: point.risk,
        method: 'betting bound on group sums, fixed-sequence over out-of-fold thresholds',
        advice: null,
      },
    ],
    alphaCoverage: [0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3].map((alpha) => ({
      pattern: 'free+logprobs',
      alpha,
      coverage: at(alpha)?.coverage ?? 0,
      threshold: at(alpha)?.threshold ?? null,
      indication: alpha !== 0.05,
    })),
    timings: {
      reading: 4.2,
      'cross-fitting': 41.3,
      'selection, calibration, baselines': 2.9,
      'refit and export': 8.8,
      certification: 1.1,
      report: 6.4,
    },
  };
}

function metricsOf<Row extends { y: number; model?: string }>(rows: Row[], of: (row: Row) => number): Metrics {
  const p = rows.map((row) => Math.min(0.9999, Math.max(0.0001, of(row))));
  const loss = mean(rows.map((row, i) => (row.y ? -Math.log(p[i]) : -Math.log(1 - p[i]))));
  const ece = binsOf(rows, of).reduce(
    (sum, bin) => sum + (bin.rows / rows.length) * Math.abs(bin.predicted - bin.right),
    0,
  );
  const ranked = rows.map((row, i) => ({ y: row.y, p: p[i] })).sort((a, b) => b.p - a.p);
  const kept = ranked.slice(0, Math.round(0.8 * ranked.length));
  const ranking = aurocOf(ranked);
  return {
    logLoss: around(loss, 0.015),
    brier: around(mean(rows.map((row, i) => (row.y - p[i]) ** 2)), 0.007),
    auroc: ranking === null ? { value: null, low: null, high: null } : around(ranking, 0.012),
    aurocWithin:
      ranking === null ? { value: null, low: null, high: null } : around(0.5 + 0.85 * (ranking - 0.5), 0.014),
    ece: around(ece, 0.008),
    eceDebiased: around(Math.max(0, ece - 0.012), 0.008),
    accuracyAtCoverage: around(mean(kept.map((row) => row.y)), 0.012),
  };
}

function binsOf<Row extends { y: number }>(rows: Row[], of: (row: Row) => number): ReliabilityBin[] {
  const sorted = rows.map((row) => ({ y: row.y, p: of(row) })).sort((a, b) => a.p - b.p);
  if (sorted.length === 0) return [];
  if (sorted[0].p === sorted[sorted.length - 1].p) return [bin(sorted)];
  const size = Math.max(1, Math.ceil(sorted.length / 15));
  return Array.from({ length: Math.ceil(sorted.length / size) }, (_, k) => bin(sorted.slice(k * size, (k + 1) * size)));
}

function bin(members: { y: number; p: number }[]): ReliabilityBin {
  const right = mean(members.map((row) => row.y));
  const half = 1.96 * Math.sqrt((right * (1 - right) + 0.01) / members.length);
  return {
    predicted: mean(members.map((row) => row.p)),
    right,
    low: Math.max(0, right - half),
    high: Math.min(1, right + half),
    rows: members.length,
  };
}

function aurocOf(ranked: { y: number; p: number }[]): number | null {
  const right = ranked.filter((row) => row.y === 1).length;
  if (right === 0 || right === ranked.length) return null;
  if (ranked[0].p === ranked[ranked.length - 1].p) return 0.5;
  let above = 0;
  let seen = 0;
  for (const row of ranked) {
    if (row.y === 1) seen++;
    else above += seen;
  }
  return above / (right * (ranked.length - right));
}

function around(value: number, half: number): Estimate {
  return { value, low: Math.max(0, value - half), high: value + half };
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function logit(p: number): number {
  return Math.log(p / (1 - p));
}
