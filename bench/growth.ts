/**
 * Learners and the size of the data: how far each learner, and vouch as a whole, is above the loss of the truth when it
 * trains on more and more answers, next to LightGBM and CatBoost on the same table. The answers are simulated
 * (growth/simulate.py) from tables of real ones, because no large real set can be shipped: `npx tsx bench/growth.ts
 * TABLE.parquet… [--rows 1000,3000,10000,30000,70000] [--seed 1] [--python FILE]`; the tables come from `vouch features
 * ANSWERS --out TABLE.parquet`, and several of them make one set. Single models stop on a fifth of the questions; vouch as
 * a whole is fitted on the sizes from `--whole-from` to `--whole-to`. `--alone trees` leaves out networks alone, which
 * take the most time. What the peers say is kept in `--cache`. Peers run in one thread, vouch in `--threads`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { foldsByGroup } from '../data/split.js';
import { logit } from '../models/numbers.js';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { openPool } from '../train/learn/pool/open-pool.js';
import { groupNames, strataOf } from '../train/prepare/strata.js';
import { type Fitted, fitAlone, timed } from './growth/alone.js';
import { differenceOf, lossesAbove, meanOf } from './growth/measured.js';
import { readSimulated } from './growth/simulated.js';
import { fitOurs, variants } from './quality/ours.js';
import { machine, venv } from './venv.js';

const { values, positionals } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000,3000,10000,30000,70000' },
    test: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    alone: { type: 'string', default: 'trees,tabm' },
    'whole-from': { type: 'string', default: '0' },
    'whole-to': { type: 'string', default: 'Infinity' },
    threads: { type: 'string', default: '1' },
    cache: { type: 'string', default: 'runs/growth' },
    python: { type: 'string' },
  },
  allowPositionals: true,
});
const MEAN = 'LightGBM, mean of 5';
const sizes = values.rows.split(',').map(Number);
const test = Number(values.test);
const seed = Number(values.seed);
const python = values.python ?? venv('bench/requirements-quality.txt', 'bench/.venv-quality');

/** The table and what the peers say are kept under a name that changes with everything they depend on. */
const sources = ['simulate.py', 'peers.py'].map((name) => join('bench/growth', name));
const hash = createHash('sha256').update(JSON.stringify({ sizes, test, seed }));
for (const file of [...sources, ...positionals]) hash.update(readFileSync(file));
const kept = join(values.cache, hash.digest('hex').slice(0, 16));

function runPython(...args: string[]): void {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONWARNINGS: 'ignore' };
  const { status } = spawnSync(python, args, { stdio: ['ignore', 2, 2], env });
  if (status !== 0) throw new Error(`${args[0]} failed`);
}

mkdirSync(kept, { recursive: true });
const table = join(kept, 'simulated.parquet');
if (!existsSync(`${table}.truth`)) {
  runPython(sources[0], ...positionals, table, String(Math.max(...sizes) + test), String(seed));
}
const { data, truth } = await readSimulated(table);
const all = Int32Array.from({ length: data.n }, (_, i) => i);
const held = all.subarray(data.n - test);
const tasks = sizes.map((size) => {
  const rows = all.subarray(0, size);
  return { rows, fold: foldsByGroup(groupNames(data, rows), 5, random(seed).fork(`${size}`), strataOf(data, rows)) };
});
const out = join(kept, 'peers.json');
if (!existsSync(out)) {
  const job = join(kept, 'job.json');
  writeFileSync(job, JSON.stringify({ table, test, seed, tasks: tasks.map(({ fold }) => [...fold]) }));
  runPython(sources[1], job, out);
}
const peers = JSON.parse(readFileSync(out, 'utf8')) as Record<
  string,
  { single: number[]; mean: number[]; seconds: number[] }
>[];

const backend = await openBackend('auto');
const pool = openPool(backend, Number(values.threads));
console.log(
  `**bench/growth: simulated from ${positionals.map((file) => basename(file)).join(' and ')}, tested on ${test} rows, ` +
    `seed ${seed}; ${machine()}, tfjs ${backend.name}**\n`,
);
console.log('| rows | predictor | loss above the truth | minus LightGBM, mean of 5 (95%) | CPU s |');
console.log('| ---: | --- | ---: | ---: | ---: |');
const options = variants['ours'];
const print = (k: number, { name, logits, seconds }: Fitted) => {
  const losses = lossesAbove(truth, held, logits);
  const mean = lossesAbove(truth, held, peers[k]['LightGBM'].mean);
  const difference = name === MEAN ? '' : differenceOf(losses, mean, { rows: held, group: data.group });
  console.log(`| ${[sizes[k], name, meanOf(losses).toFixed(4), difference, seconds.toFixed(1)].join(' | ')} |`);
};
for (const [k, { rows, fold }] of tasks.entries()) {
  const { mean, seconds: each } = peers[k]['LightGBM'];
  for (const [name, { single, seconds }] of Object.entries(peers[k])) {
    print(k, { name, logits: single, seconds: seconds[0] });
  }
  const parts = { fit: rows.filter((_, i) => fold[i] !== 0), stop: rows.filter((_, i) => fold[i] === 0), test: held };
  const draw = random(seed).fork(`alone ${rows.length}`);
  const kinds = values.alone.split(',');
  for await (const alone of fitAlone({ pool, data, rows: parts, options, random: draw, kinds })) print(k, alone);
  print(k, { name: MEAN, logits: mean, seconds: each.reduce((sum, one) => sum + one, 0) });
}
for (const [k, { rows }] of tasks.entries()) {
  if (rows.length < Number(values['whole-from']) || rows.length > Number(values['whole-to'])) continue;
  const draw = random(seed).fork(`whole ${rows.length}`);
  const { result, seconds } = await timed(() => fitOurs(pool, data, rows, held, options, draw));
  print(k, { name: 'vouch, whole', logits: result.map(logit), seconds });
}
process.exit(0);
