/**
 * Grouped-bootstrap intervals over 70,000 answers to 14,000 questions, four predictors, 2,000 resamples: cpu-seconds
 * for each metric alone and for all together, compared with the usual libraries in a loop over the same statistic (a
 * few draws, extrapolated; one process with one thread each). Then the range of a perfect predictor, 1,000 draws. `npx
 * tsx bench/metrics.ts [--draws 3]`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare } from '../metrics/compare.js';
import { mainMetrics, metrics } from '../metrics/list.js';
import type { Metric } from '../metrics/metric.js';
import { perfectRange } from '../metrics/perfect/perfect.js';
import { random } from '../support/random.js';
import { machine, venv } from './venv.js';

const ROWS = 70_000;
const PER = 5;
const CELLS = 11;
const RESAMPLES = 2000;
const PREDICTORS = 4;
/** Resamples measured for a metric alone; those of the totals are measured in full. */
const SOME = 200;
const { values } = parseArgs({ options: { draws: { type: 'string', default: '3' } } });

const draw = random('bench');
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const logit = Float64Array.from({ length: ROWS }, () => 0.8 + 1.4 * draw.normal());
const label = logit.map((z) => (draw.next() < sigmoid(z) ? 1 : 0));
const group = Int32Array.from(label.keys(), (i) => Math.floor(i / PER));
const slice = Int32Array.from(label.keys(), (i) => i % CELLS);
const predictors = Object.fromEntries(
  Array.from({ length: PREDICTORS }, (_, k) => [`p${k}`, logit.map((z) => sigmoid(z + 0.2 * k * draw.normal()))]),
);

function seconds(list: readonly Metric[], resamples: number) {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  compare({
    metrics: list,
    answers: { label, group, slice },
    predictors,
    reference: 'p0',
    random: random(1),
    options: { resamples },
  });
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1e6, wall: (performance.now() - wall) / 1e3 };
}

function peers(): { seconds: Record<string, number>; value: Record<string, number>; versions: Record<string, string> } {
  const python = venv('bench/requirements-metrics.txt', 'bench/.venv-metrics');
  const file = join(mkdtempSync(join(tmpdir(), 'vouch-bench-')), 'rows.f64');
  writeFileSync(file, Float64Array.from([...predictors.p0, ...label, ...group, ...slice]));
  const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const run = spawnSync(python, ['bench/metrics_peers.py', file, String(ROWS), values.draws], {
    encoding: 'utf8',
    env: { ...process.env, ...one },
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

seconds(metrics, 2);
const theirs = peers();
console.log(`# bench/metrics: ${machine()}`);
console.log(
  `${ROWS} rows, ${RESAMPLES} resamples × ${PREDICTORS} predictors; ` +
    `${Object.entries(theirs.versions).join(', ').replaceAll(',', ' ')}\n`,
);
console.log('| metric | vouch, cpu s | libraries, cpu s (extrapolated) | ratio | value | theirs |');
console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
for (const metric of metrics) {
  const resamples = Math.min(RESAMPLES, metric.draws ?? RESAMPLES);
  const start = seconds([metric], 1).cpu;
  const ours = start + ((seconds([metric], SOME + 1).cpu - start) * resamples) / SOME;
  const other = theirs.seconds[metric.name] * RESAMPLES * PREDICTORS;
  const value = metric.of({ probability: predictors.p0, label, group, slice });
  const compared = Number.isNaN(other) ? ['–', '–'] : [other.toFixed(0), `${(other / ours).toFixed(0)}×`];
  const known = theirs.value[metric.name]?.toFixed(6) ?? '–';
  console.log(`| ${metric.name} | ${ours.toFixed(1)} | ${compared.join(' | ')} | ${value.toFixed(6)} | ${known} |`);
}
for (const [name, list] of [
  [`the ${mainMetrics.length} that lead a report, together`, mainMetrics],
  [`all ${metrics.length}, together`, metrics],
] as const) {
  const { cpu, wall } = seconds(list, RESAMPLES);
  console.log(`| **${name}** | ${cpu.toFixed(1)} (${wall.toFixed(1)} s by the clock) | | | | |`);
}
const [cpu, wall] = [process.cpuUsage(), performance.now()];
const { smoothEce, worstSliceEce } = perfectRange({ probability: predictors.p0, label, group, slice }, {}, random(2));
const used = process.cpuUsage(cpu);
const range = ({ low, high }: { low: number; high: number }) => `${low.toFixed(4)} to ${high.toFixed(4)}`;
console.log(
  `\nPerfect predictor, 1000 draws: ${((used.user + used.system) / 1e6).toFixed(1)} cpu s, ` +
    `${((performance.now() - wall) / 1e3).toFixed(1)} s by the clock; ` +
    `99% of smooth ECE ${range(smoothEce)}, of worst-slice ECE ` +
    `${worstSliceEce === null ? '–' : range(worstSliceEce)}`,
);
