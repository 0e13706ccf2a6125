/**
 * What ships on small data against simple ways: 100, 300 and 600 labels drawn by question from half of the questions, judged on the other
 * half. `npx tsx bench/small.ts [FILES…] [--labels GRADES --on id] [--draws 10] [--sizes 100,300,600] [--peers lgbm --python PYTHON]`.
 * Paired differences of log-loss, ours minus: Platt on one signal (the report's baseline), logistic regression (ours), peers.
 * Each FILE is a set of its own; `+` between files makes one set of them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { logLoss } from '../metrics/log-loss.js';
import type { Probabilities } from '../models/numbers.js';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { fitBaselines } from '../train/baselines.js';
import type { TrainingData } from '../train/data.js';
import { openPool } from '../train/fit/open-pool.js';
import { crossFolds } from '../train/fit-predictor.js';
import { matrixOf } from '../train/matrix.js';
import { parseOptions } from '../train/options.js';
import { readAnswers } from './quality/answers.js';
import { fitOurs } from './quality/ours.js';
import { allPredictions, type Prediction, peers } from './quality/peers.js';
import { foldTasks, type Task } from './quality/tasks.js';

const { values, positionals } = parseArgs({
  options: {
    labels: { type: 'string' },
    on: { type: 'string', default: 'id' },
    draws: { type: 'string', default: '10' },
    sizes: { type: 'string', default: '100,300,600' },
    peers: { type: 'string', default: '' },
    python: { type: 'string', default: 'python3' },
    cache: { type: 'string', default: 'runs/small' },
    learners: { type: 'string' },
  },
  allowPositionals: true,
});
const sets = positionals.length > 0 ? positionals : ['examples/smollm2.jsonl.gz', 'examples/gemma.jsonl.gz'];
const names = values.peers.split(',').filter((name) => name !== '');
const draws = Number(values.draws);
const learners = values.learners?.split(',');
const shipped = parseOptions({ patterns: [], ...(learners === undefined ? {} : { learners }) });
const linear = parseOptions({ patterns: [], learners: ['logistic'] });
const pool = openPool(await openBackend('auto'), 1);

console.log(
  '| set, labels | rival | mean log-loss, rival | ours | mean paired difference ± s.e. over draws | chosen |',
);
console.log('| --- | --- | ---: | ---: | ---: | --- |');
for (const set of sets) {
  const aside = mkdtempSync(join(tmpdir(), 'vouch-small-'));
  const answers = await readAnswers(set.split('+'), { labels: values.labels, on: values.on }, aside);
  const { data } = answers;
  const [{ fit: half, held: test }] = foldTasks(data, 2, random('half'));
  for (const size of values.sizes.split(',').map(Number)) {
    const tasks = drawsOf(data, half, size);
    const said =
      names.length === 0 ? new Map<string, Prediction[]>() : await allPredictions(names, answers, tasks, peerOptions());
    const chosen = new Map<string, number>();
    const ours: Probabilities[] = [];
    const rivals = new Map<string, Probabilities[]>([
      ['Platt on one signal', []],
      ['logistic regression', []],
    ]);
    for (const [k, { fit }] of tasks.entries()) {
      const noted = (name: string) => chosen.set(name, (chosen.get(name) ?? 0) + 1);
      ours.push(await fitOurs(pool, data, fit, test, shipped, random(`small ${size} ${k}`), noted));
      rivals.get('Platt on one signal')?.push(platt(data, fit, test, k));
      rivals.get('logistic regression')?.push(await fitOurs(pool, data, fit, test, linear, random(`linear ${k}`)));
      process.stderr.write(`${basename(set)}, ${size} labels: ${k + 1}/${tasks.length}\n`);
    }
    for (const [peer, found] of said) {
      const places = tasks.map(({ held }) => new Map(Array.from(held, (row, i) => [row, i])));
      const onTest = found.map(({ probability }, k) =>
        Float64Array.from(test, (row) => probability[places[k].get(row) as number]),
      );
      rivals.set(peers[peer], onTest);
    }
    const own = ours.map((p) => lossOf(data, test, p));
    for (const [rival, predicted] of rivals) {
      const theirs = predicted.map((p) => lossOf(data, test, p));
      const { mean, error } = meanOf(own.map((loss, k) => loss - theirs[k]));
      const picks = [...chosen].map(([name, times]) => `${name} ${times}`).join(', ');
      const cells = [meanOf(theirs).mean, meanOf(own).mean].map((x) => x.toFixed(4));
      console.log(
        `| ${basename(set)}, ${size} | ${rival} | ${cells.join(' | ')} | ${mean >= 0 ? '+' : ''}${mean.toFixed(4)} ± ${error.toFixed(4)} | ${picks} |`,
      );
    }
  }
  rmSync(aside, { recursive: true });
}

/** Draws from one half; `held` is all else, as peers predict what they were not fitted on. */
function drawsOf(data: TrainingData, half: Int32Array, size: number): Task[] {
  const sizes = new Map<number, number>();
  for (const row of half) sizes.set(data.group[row], (sizes.get(data.group[row]) ?? 0) + 1);
  return Array.from({ length: draws }, (_, k) => {
    const drawn = new Set<number>();
    let rows = 0;
    for (const group of random(`draw ${size} ${k}`).shuffle([...sizes.keys()])) {
      if (rows >= size) break;
      drawn.add(group);
      rows += sizes.get(group) as number;
    }
    const fit = half.filter((row) => drawn.has(data.group[row]));
    const isFit = new Set(fit);
    return { fit, held: Int32Array.from(data.y.keys()).filter((row) => !isFit.has(row)) };
  });
}

function platt(data: TrainingData, fit: Int32Array, test: Int32Array, k: number): Probabilities {
  const fold = crossFolds(data, fit, 5, random(`platt ${k}`));
  const baselines = fitBaselines(data, matrixOf(data, fit), fit, fold);
  return (baselines.find(({ name }) => name === 'bestSignal') ?? baselines[0]).predict(test);
}

function lossOf(data: TrainingData, rows: Int32Array, p: Probabilities): number {
  const of = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  return logLoss(Float64Array.from(p), of(data.y), of(data.w));
}

function meanOf(all: number[]): { mean: number; error: number } {
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  const square = all.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / Math.max(all.length - 1, 1) / all.length) };
}

function peerOptions() {
  const { python, cache } = values;
  return { python, cache, threads: 1, seed: 1, fast: true };
}
process.exit(0);
