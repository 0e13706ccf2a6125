/**
 * Our boosted trees compared with CatBoost: log-loss out of five folds by question, means of members that stop on the
 * same inner splits, and cpu-seconds, one thread each. `npx tsx bench/trees.ts TABLE.parquet… [--members 3] [--seed
 * 1]`; the tables come from `vouch features ANSWERS --out TABLE.parquet`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { logLossOfLogit } from '../models/numbers.js';
import { meanOfTrees } from '../models/trees/trees.js';
import { random } from '../support/random.js';
import { applyTrees } from '../test/support/apply-trees.js';
import { columnsOf } from '../test/support/columns-of.js';
import { fitTrees } from '../train/learn/trees/fit-trees.js';
import { boostSchema } from '../train/options.js';
import { type NestedFold, nestedFolds } from './nested.js';
import { readTable, type Table } from './table.js';
import { machine, venv } from './venv.js';

interface Result {
  /** Out-of-fold logits. */
  z: number[];
  seconds: number;
  trees: number;
}

const { values, positionals } = parseArgs({
  options: { members: { type: 'string', default: '3' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const seed = Number(values.seed);
const python = venv('bench/requirements-trees.txt', 'bench/.venv-trees');

function ours({ x, width, y }: Table, folds: NestedFold[]): Result {
  const before = process.cpuUsage();
  const rows = { columns: columnsOf(x, width), y, w: new Float64Array(y.length).fill(1) };
  const options = boostSchema.parse({});
  const z = new Array<number>(y.length);
  const counts: number[] = [];
  for (const [k, { held, members }] of folds.entries()) {
    const fitted = members.map(({ fit, stop }, m) =>
      fitTrees({ table: rows, fit, watch: stop, options, random: random(`${seed}/${k}/${m}`) }),
    );
    counts.push(...fitted.map(({ count }) => count));
    const heldX = new Float32Array(held.length * width);
    held.forEach((row, i) => {
      heldX.set(x.subarray(row * width, (row + 1) * width), i * width);
    });
    const logits = applyTrees(meanOfTrees(fitted.map(({ trees }) => trees)), heldX, width);
    held.forEach((row, i) => {
      z[row] = logits[i];
    });
  }
  const { user, system } = process.cpuUsage(before);
  return { z, seconds: (user + system) / 1e6, trees: counts.reduce((sum, count) => sum + count, 0) / counts.length };
}

function theirs({ x, width, y }: Table, folds: NestedFold[]): Result {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-trees-'));
  const plain = folds.map(({ held, members }) => ({
    held: [...held],
    members: members.map(({ fit, stop }) => ({ fit: [...fit], stop: [...stop] })),
  }));
  writeFileSync(join(dir, 'x'), x);
  writeFileSync(join(dir, 'task.json'), JSON.stringify({ width, y: [...y], folds: plain, seed }));
  const run = spawnSync(python, ['bench/trees_catboost.py', dir], { encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(dir, { recursive: true });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

console.log(`# bench/trees: ${machine()}, ${values.members} members a fold, seed ${seed}`);
console.log('| table | rows × columns | learner | log-loss | trees a member | cpu s |');
console.log('| --- | --- | --- | ---: | ---: | ---: |');
for (const file of positionals) {
  const table = await readTable(file);
  const { y, width, groups, cells } = table;
  const folds = nestedFolds(groups, cells, Number(values.members), random(seed));
  for (const [name, run] of Object.entries({ vouch: ours, CatBoost: theirs })) {
    const { z, seconds, trees } = run(table, folds);
    const loss = z.reduce((sum, logit, i) => sum + logLossOfLogit(logit, y[i]), 0) / y.length;
    const facts = [basename(file, '.parquet'), `${y.length} × ${width}`, name, loss.toFixed(4)];
    console.log(`| ${[...facts, trees.toFixed(0), seconds.toFixed(0)].join(' | ')} |`);
  }
}
