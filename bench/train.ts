/**
 * Rows per cpu-second of the training loop (MLP 40-128-64-1, SiLU, batch 1024, float32) compared with scikit-learn's
 * MLPClassifier (relu: it has no SiLU, which costs more), one thread each, alternating in one run. `npx tsx
 * bench/train.ts [--backend wasm] [--rounds 5]`
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { Architecture } from '../models/networks/types.js';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import type { EncodedRows } from '../train/learn/encoded-rows.js';
import { fitMember } from '../train/learn/networks/loop.js';
import { machine, venv } from './venv.js';

const N = 40_960;
const EPOCHS = 4;
const { values } = parseArgs({
  options: { backend: { type: 'string', default: 'wasm' }, rounds: { type: 'string', default: '5' } },
});
const { tf, name } = await openBackend(values.backend as 'wasm');
const python = venv('bench/requirements-train.txt', 'bench/.venv-train');

const draw = random('bench');
const x = Float32Array.from({ length: N * 40 }, () => draw.normal());
const y = Float64Array.from({ length: N }, (_, i) =>
  x[i * 40] + 0.5 * x[i * 40 + 1] * x[i * 40 + 2] + draw.normal() > 0 ? 1 : 0,
);
const rows: EncodedRows = { x, y, w: new Float64Array(N).fill(1) };
const stop: EncodedRows = { x: x.subarray(0, 40 * 16), y: y.subarray(0, 16), w: rows.w.subarray(0, 16) };
const architecture: Architecture = { inputs: 40, hidden: [128, 64], skip: false };

async function ours(epochs: number): Promise<number> {
  const options = { learningRate: 2e-3, decay: 0, batch: 1024, epochs, patience: 1000, dropout: 0 };
  const before = process.cpuUsage();
  const { rows: seen } = await fitMember({
    tf,
    architecture,
    fitRows: rows,
    watch: stop,
    options,
    random: draw.fork('fit'),
  });
  const used = process.cpuUsage(before);
  return seen / ((used.user + used.system) / 1e6);
}

function theirs(): { rowsPerSecond: number; version: string } {
  const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const run = spawnSync(python, ['bench/train_sklearn.py', String(N), String(EPOCHS)], {
    encoding: 'utf8',
    env: { ...process.env, ...one },
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

await ours(1);
const results: { ours: number; theirs: ReturnType<typeof theirs> }[] = [];
for (let k = 0; k < Number(values.rounds); k++) results.push({ ours: await ours(EPOCHS), theirs: theirs() });
const median = (list: number[]) => [...list].sort((a, b) => a - b)[list.length >> 1];
const us = median(results.map((r) => r.ours));
const them = median(results.map((r) => r.theirs.rowsPerSecond));
const ratios = results.map((r) => r.ours / r.theirs.rowsPerSecond).sort((a, b) => a - b);
console.log(`# bench/train: ${machine()}, medians of ${values.rounds} alternating rounds`);
console.log('| loop | rows per cpu-second |\n| --- | ---: |');
console.log(`| vouch, tfjs ${name}, one thread | ${us.toFixed(0)} |`);
console.log(`| scikit-learn ${results[0].theirs.version} MLPClassifier, one thread | ${them.toFixed(0)} |`);
console.log(`ratio ${median(ratios).toFixed(2)}× (${ratios[0].toFixed(2)}–${ratios[ratios.length - 1].toFixed(2)})`);
process.exit(0);
