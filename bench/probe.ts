/**
 * The probe of hidden states against scikit-learn's MLPClassifier: log-loss on the same vectors, folds (by question)
 * and seeds, and rows per cpu-second of the training loop. `npx tsx bench/probe.ts ANSWERS [--name hidden] [--folds 5]
 * [--seeds 1,2,3] [--backend wasm]`; ANSWERS hold `embeddings.NAME` (`vouch enrich --hidden` writes them). `--rates
 * 577,4096 [--rounds 3]` measures only the loop, on random vectors of these sizes, and where its time goes. One thread
 * each.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { foldsByGroup } from '../data/split.js';
import { readVector } from '../features/vectors/vector-rows.js';
import { logLossMetric } from '../metrics/proper/log-loss.js';
import { aurocMetric } from '../metrics/ranking/auroc.js';
import { logitOf } from '../models/embeddings/channel.js';
import { sigmoid } from '../models/numbers.js';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { fitEmbeddings } from '../train/learn/embeddings/embeddings.js';
import { channelWith, fitForm } from '../train/learn/embeddings/forms.js';
import { fitVectorRidge } from '../train/learn/embeddings/ridge.js';
import { fitStandardiser, standardRows, unitRows } from '../train/learn/embeddings/standardiser.js';
import { fitMember } from '../train/learn/networks/loop.js';
import type { Sheet } from '../train/learn/sheet.js';
import { embeddingsSchema } from '../train/options.js';
import { load } from '../train/prepare/load.js';
import { profiled, sharesOf } from './probe/profile.js';
import { intervalText, logLossDifference } from './quality/table.js';
import { foldTasks } from './quality/tasks.js';
import { machine, venv } from './venv.js';

const { values, positionals } = parseArgs({
  options: {
    name: { type: 'string', default: 'hidden' },
    folds: { type: 'string', default: '5' },
    seeds: { type: 'string', default: '1,2,3' },
    backend: { type: 'string', default: 'wasm' },
    rates: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    python: { type: 'string' },
  },
  allowPositionals: true,
});
const { tf, name: backend } = await openBackend(values.backend as 'wasm');
const python = values.python ?? venv('bench/requirements-train.txt', 'bench/.venv-train');
const options = embeddingsSchema.parse({ probe: { tried: 'always' } });
/** Rows and epochs of a measurement of the loop. */
const ROWS = 4096;
const EPOCHS = 4;
const folder = mkdtempSync(join(tmpdir(), 'vouch-probe-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Runs the peer on a job in the folder and returns what it prints. */
function sklearn(job: object): Record<string, never> {
  writeFileSync(join(folder, 'job.json'), JSON.stringify(job));
  const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const run = spawnSync(python, ['bench/probe_sklearn.py', folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, ...one },
  });
  if (run.status !== 0) throw run.error ?? new Error(run.stderr);
  return JSON.parse(run.stdout);
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/**
 * The loop alone: rows per cpu-second at some numbers of inputs, on random vectors; medians of alternating rounds, the
 * ratio with its smallest and largest value, and where the time of our loop goes.
 */
async function rates(sizes: number[], rounds: number): Promise<void> {
  console.log(`# bench/probe --rates: 256-128-64 with ReLU, batch 128, float32, one thread; ${machine()}`);
  console.log(`medians of ${rounds} alternating rounds of ${EPOCHS} epochs of ${ROWS} rows\n`);
  console.log('| inputs | vouch, tfjs | scikit-learn | ratio |\n| ---: | ---: | ---: | ---: |');
  const profiles: string[] = [];
  for (const inputs of sizes) {
    const draw = random(`rates ${inputs}`);
    const x = Float32Array.from({ length: ROWS * inputs }, () => draw.normal());
    const y = Float64Array.from({ length: ROWS }, (_, i) => (x[i * inputs] + draw.normal() > 0 ? 1 : 0));
    const fitRows = { x, y, w: new Float64Array(ROWS).fill(1) };
    const watch = { x: new Float32Array(), y: new Float64Array(), w: new Float64Array() };
    const { widths: hidden, learningRate, decay, batch } = options.probe;
    const run = async () => {
      const before = process.cpuUsage();
      const loop = { learningRate, decay, batch, epochs: EPOCHS, patience: 1000, dropout: 0 };
      const architecture = { inputs, hidden, skip: false, activation: 'relu' as const };
      const { rows } = await fitMember({ tf, architecture, fitRows, watch, options: loop, random: draw.fork('fit') });
      return rows / cpuSeconds(before);
    };
    await run();
    const pairs: { ours: number; theirs: number }[] = [];
    for (let k = 0; k < rounds; k++) {
      const peer = sklearn({ kind: 'rates', n: ROWS, inputs, hidden, batch, epochs: EPOCHS });
      pairs.push({ ours: await run(), theirs: Number(peer.rowsPerSecond) });
    }
    const sorted = (values: number[]) => values.sort((a, b) => a - b);
    const median = (values: number[]) => sorted(values)[values.length >> 1];
    const ratios = sorted(pairs.map(({ ours, theirs }) => ours / theirs)).map((ratio) => ratio.toFixed(2));
    const us = median(pairs.map(({ ours }) => ours)).toFixed(0);
    const them = median(pairs.map(({ theirs }) => theirs)).toFixed(0);
    const ratio = `${ratios[ratios.length >> 1]}× (${ratios[0]} to ${ratios.at(-1)})`;
    console.log(`| ${inputs} | ${backend} ${us} | ${them} | ${ratio} |`);
    const start = performance.now();
    const profile = await profiled(tf, run);
    profiles.push(
      `${inputs} inputs, share of our loop's wall-clock time: ${sharesOf(profile, performance.now() - start)}`,
    );
  }
  console.log(`\n${profiles.join('\n')}`);
}

async function quality(): Promise<void> {
  const { data } = await load(positionals, {}, { topK: 0, words: null, vectors: 'any' });
  const { vectors } = data.signals;
  const place = vectors?.shapes.findIndex(({ name }) => name === values.name) ?? -1;
  if (place < 0) throw new Error(`no answer has embeddings.${values.name}`);
  const own = { shapes: [vectors!.shapes[place]], values: [vectors!.values[place]] };
  const { size } = own.shapes[0];
  const x = new Float32Array(data.n * size);
  for (let i = 0; i < data.n; i++) readVector(own.values[0], size, i, x, i * size);
  writeFileSync(join(folder, 'x'), Buffer.from(x.buffer));
  const truth = { label: data.y, weight: data.w, group: data.group, slice: data.slice };
  const { y, w, n } = data;
  const sheet = { n, y, w, vectors: own } as Sheet;
  console.log(
    `# bench/probe: ${n} answers to ${data.groupCount} questions, ${size} numbers, ${values.folds} folds by question`,
  );
  console.log(`tfjs ${backend}, one thread; ${machine()}\n`);
  console.log('| seed | predictor | log-loss | AUROC | minus scikit-learn (95%) | rows per cpu-second |');
  console.log('| ---: | --- | ---: | ---: | --- | ---: |');
  for (const seed of values.seeds.split(',').map(Number)) {
    const draw = random(seed);
    const tasks = foldTasks(data, Number(values.folds), draw);
    const parts = tasks.map(({ fit }, k) => {
      const groups = Array.from(fit, (row) => data.groups[row]);
      const inner = foldsByGroup(
        groups,
        5,
        draw.fork(`stop ${k}`),
        groups.map(() => ''),
      );
      return { rest: fit.filter((_, i) => inner[i] > 0), stop: fit.filter((_, i) => inner[i] === 0) };
    });
    const probe = new Float64Array(n);
    const channel = new Float64Array(n);
    let [seen, seconds] = [0, 0];
    const forms = new Map<string, number>();
    for (const [k, { fit, held }] of tasks.entries()) {
      // the probe alone, stopped on an inner split by question
      const { rest, stop } = parts[k];
      const standardiser = fitStandardiser(own, fit);
      const standard = standardRows(standardiser, own);
      const unit = unitRows(standardiser, own, fit);
      const labelled = { unit, rows: rest, y, w };
      const before = process.cpuUsage();
      const start = fitVectorRidge(labelled, options.penalties[1]);
      const form = { kind: 'probe' as const, widths: options.probe.widths };
      const how = { tf, options, standard, start, random: draw.fork(`probe ${k}`) };
      const { member, trail } = await fitForm(form, labelled, stop, how);
      seconds += cpuSeconds(before);
      seen += (trail.length - 1) * rest.length;
      const fitted = channelWith(form, standardiser, unit, member);
      const numbers = new Float32Array(standard.inputs);
      for (const row of held) {
        standard.read(row, numbers, 0);
        probe[row] = sigmoid(logitOf(fitted, numbers));
      }
      // the channel: logistic regression, projections and probe compete on inner folds
      const groups = Array.from(fit, (row) => data.groups[row]);
      const job = { rows: fit, groups, strata: groups.map(() => ''), options, folds: 5, seed: `${seed} ${k}` };
      const found = await fitEmbeddings(tf, sheet, { kind: 'embeddings', ...job });
      for (const row of held) channel[row] = sigmoid(found.column[row]);
      const chosen = found.probe.length > 0 ? 'probe' : found.width > 0 ? `projection ${found.width}` : 'ridge';
      forms.set(chosen, (forms.get(chosen) ?? 0) + 1);
    }
    const fits = tasks.map(({ fit, held }, k) => ({
      fit: [...fit],
      held: [...held],
      rest: [...parts[k].rest],
      stop: [...parts[k].stop],
    }));
    const theirs = sklearn({
      kind: 'quality',
      n,
      size,
      y: [...y],
      w: [...w],
      fits,
      seed,
      hidden: options.probe.widths,
    });
    const peer = Float64Array.from(theirs.probability);
    const row = (name: string, probability: Float64Array, rate: number | null) => {
      const scored = { ...truth, probability };
      const gap =
        probability === peer ? '' : intervalText(logLossDifference(probability, peer, truth, draw.fork(name)));
      const figures = [logLossMetric.of(scored), aurocMetric.of(scored)].map((value) => value.toFixed(4));
      console.log(`| ${[seed, name, ...figures, gap, rate === null ? '' : rate.toFixed(0)].join(' | ')} |`);
    };
    row('probe alone', probe, seen / seconds);
    row(`channel (${[...forms].map(([form, count]) => `${form} ×${count}`).join(', ')})`, channel, null);
    row(`scikit-learn ${theirs.version} MLPClassifier, stopped on the same rows`, peer, Number(theirs.rowsPerSecond));
  }
}

if (values.rates === undefined) await quality();
else await rates(values.rates.split(',').map(Number), Number(values.rounds));
process.exit(0);
