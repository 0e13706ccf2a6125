/**
 * What ships on small data compared with simple methods: 100, 300 and 600 labels, drawn by question from half of the
 * questions and judged on the other half. `npx tsx bench/small.ts [SETS…] [--on id] [--draws 40] [--sizes 100,300,600]
 * [--seed S] [--peers lgbm --python PYTHON]`. Each SET is `FILE`, `FILE:GRADES`, or several files that form one set,
 * `FILE+FILE`. Paired differences of log-loss, ours minus: Platt scaling of one signal (the report's baseline),
 * logistic regression (ours), peers. Draws are kept in `--cache`, so that an interrupted run can continue.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { openPool } from '../train/learn/pool/open-pool.js';
import { parseOptions } from '../train/options.js';
import { allPredictions, type Prediction, peers } from './quality/peers.js';
import { differenceOf } from './small/differences.js';
import { drawsOfHalf } from './small/draws.js';
import { type Draw, keptDraw, sourceHash } from './small/kept-draw.js';
import { fitDraw, type HalvedSet, halvedSet, LINEAR, OURS, onTest, PLATT, questionLosses } from './small/one-set.js';
import { type Standing, standingHead, standingRow, summaryOf } from './small/tables.js';

const { values, positionals } = parseArgs({
  options: {
    on: { type: 'string', default: 'id' },
    draws: { type: 'string', default: '40' },
    sizes: { type: 'string', default: '100,300,600' },
    seed: { type: 'string', default: 'fresh 2' },
    peers: { type: 'string', default: '' },
    python: { type: 'string', default: 'python3' },
    cache: { type: 'string', default: 'runs/small' },
    learners: { type: 'string' },
  },
  allowPositionals: true,
});
const { seed, cache } = values;
const names = values.peers.split(',').filter((name) => name !== '');
const learners = values.learners?.split(',');
const shipped = parseOptions({ patterns: [], ...(learners === undefined ? {} : { learners }) });
const linear = parseOptions({ patterns: [], learners: ['logistic'] });
const pool = openPool(await openBackend('auto'), 1);
const source = sourceHash();
const sets: HalvedSet[] = [];
const folders: string[] = [];
for (const set of positionals.length > 0 ? positionals : ['examples/smollm2.jsonl.gz', 'examples/gemma.jsonl.gz']) {
  folders.push(mkdtempSync(join(tmpdir(), 'vouch-small-')));
  sets.push(await halvedSet(set, values.on, folders[folders.length - 1], seed));
}

const standings: Standing[] = [];
console.log(standingHead);
for (const labels of values.sizes.split(',').map(Number)) {
  for (const set of sets) {
    for (const standing of await standingsOf(set, labels)) {
      console.log(standingRow(standing));
      standings.push(standing);
    }
  }
}
console.log(`\n${summaryOf(standings)}`);
for (const folder of folders) rmSync(folder, { recursive: true });
process.exit(0);

/** Ours compared with each rival on one set and number of labels. */
async function standingsOf(set: HalvedSet, labels: number): Promise<Standing[]> {
  const { answers, half, name, share } = set;
  const tasks = drawsOfHalf(answers.data, half, {
    labels,
    draws: Number(values.draws),
    random: random(`draw ${seed}`),
  });
  const options = { python: values.python, cache, threads: 1, seed: 1, fast: true };
  const said =
    names.length === 0 ? new Map<string, Prediction[]>() : await allPredictions(names, answers, tasks, options);
  const drawn: Draw[] = [];
  for (const [k, task] of tasks.entries()) {
    const settings = { source, table: answers.fingerprint, seed, labels, k, shipped, linear };
    drawn.push(
      await keptDraw(cache, JSON.stringify(settings), async () => {
        const { said, ...rest } = await fitDraw(pool, set, task, { shipped, linear, seed: `${seed} ${labels} ${k}` });
        const losses = Object.entries(said).map(([who, p]) => [who, questionLosses(set, p)]);
        return { losses: Object.fromEntries(losses), ...rest };
      }),
    );
    process.stderr.write(`${name}, ${labels} labels: ${k + 1}/${tasks.length}\n`);
  }
  const rivals = new Map([PLATT, LINEAR].map((rival) => [rival, drawn.map(({ losses }) => losses[rival])]));
  for (const [peer, found] of said) {
    const losses = found.map((prediction, k) => questionLosses(set, onTest(set, tasks[k], prediction)));
    rivals.set(peers[peer], losses);
  }
  const own = drawn.map(({ losses }) => losses[OURS]);
  const chosen = timesOf(drawn.map((draw) => draw.chosen));
  const common = { set: name, labels, own: meanLoss(own), draws: tasks.length, chosen };
  return Array.from(rivals, ([rival, theirs]) => ({
    ...common,
    rival,
    theirs: meanLoss(theirs),
    difference: differenceOf(own, theirs, share),
  }));
}

function meanLoss(draws: readonly (readonly number[])[]): number {
  return draws.reduce((sum, losses) => sum + losses.reduce((all, loss) => all + loss, 0), 0) / draws.length;
}

/** How often each learner was chosen: `mean 31, signal 9`. */
function timesOf(chosen: readonly string[]): string {
  const times = new Map<string, number>();
  for (const name of chosen) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
