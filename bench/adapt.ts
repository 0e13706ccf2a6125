/**
 * Adapts a predictor to answers that it has not seen: each task of the shipped answers, each model of a file with
 * several models. The predictor is trained on the other tasks (models), then adapted to 50, 100 and 300 labels, and
 * measured on the rest. It is compared with no adaptation, with Platt scaling of its logit, and with a new logistic
 * regression. The table also shows whether unseen answers are flagged. `npx tsx bench/adapt.ts [--models ANSWERS
 * --labels GRADES] [--draws 20] [--sizes 50,100,300] [--learners logistic] [--only NAME,NAME] [--seed 1]`
 */
import { parseArgs } from 'node:util';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { inlinePool } from '../train/learn/pool/pool.js';
import { parseOptions, wordsOf } from '../train/options.js';
import { load } from '../train/prepare/load.js';
import { leaveOutTransfer } from './adapt/transfer.js';
import { drawLabels, waysOn } from './adapt/ways.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    models: { type: 'string' },
    labels: { type: 'string' },
    draws: { type: 'string', default: '20' },
    learners: { type: 'string', default: 'logistic' },
    sizes: { type: 'string', default: '50,100,300' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const SIZES = values.sizes.split(',').map(Number);
/** Minimal number of answers that must remain to measure on. */
const LEAST_REST = 15;
const draws = Number(values.draws);
const isWhole = values.learners !== 'logistic';
const options = parseOptions({
  seed: Number(values.seed),
  ...(isWhole ? {} : { learners: ['logistic'], words: { length: 0, buckets: 1 } }),
});
const backend = await openBackend(options.backend);
const pool = inlinePool(backend.tf);

interface Line {
  name: string;
  labels: number;
  unadapted: number;
  platt: number;
  scratch: number;
  adapt: number;
}
const lines: Line[] = [];
const flags: string[] = [];

async function leaveEachOut(file: string, labels: string | undefined, by: 'task' | 'model'): Promise<void> {
  const reading = { labels, on: labels === undefined ? undefined : 'id', badLines: 'stop' } as const;
  const { data } = await load([file], reading, { topK: 0, words: wordsOf(options) });
  for (const name of new Set(data[by])) {
    if (values.only !== undefined && !values.only.split(',').includes(name)) continue;
    const seed = random(options.seed).fork(name);
    const transfer = await leaveOutTransfer(pool, data, by, name, options, seed);
    const { rows } = transfer;
    flags.push(flagLine(by, name, transfer.shift, transfer.knownShift));
    const groups = Array.from(rows, (row) => data.groups[row]);
    for (const labelled of SIZES) {
      if (rows.length < labelled + LEAST_REST) continue;
      const sum = { unadapted: 0, platt: 0, scratch: 0, adapt: 0 };
      for (let k = 0; k < draws; k++) {
        const own = seed.fork(`${labelled} ${k}`);
        const losses = waysOn(data, transfer, drawLabels(groups, labelled, own), options, own);
        for (const way of Object.keys(sum) as (keyof typeof sum)[]) sum[way] += losses[way] / draws;
      }
      lines.push({ name: `${by} ${name}`, labels: labelled, ...sum });
      process.stderr.write(`${row(lines[lines.length - 1])}\n`);
    }
  }
}

/**
 * Share with a shift above 1 among unseen and known answers. A batch is flagged by a share clearly above the known
 * one's, or by its name.
 */
function flagLine(by: string, name: string, shift: Float64Array, known: Float64Array): string {
  const above = (values: Float64Array) => values.filter((value) => value > 1).length / values.length;
  const threshold = known.slice().sort()[Math.floor(0.95 * known.length)];
  const atFive = shift.filter((value) => value > threshold).length / shift.length;
  const share = above(shift);
  const error = Math.sqrt((0.05 * 0.95) / shift.length);
  const batch = share > 0.05 + 3 * error ? 'yes' : 'no';
  const percents = [above(known), share, atFive].map((x) => `${(100 * x).toFixed(1)}%`);
  return `| ${by} ${name} | ${percents.join(' | ')} | ${batch} | ${by === 'task' ? 'yes' : 'listed'} |`;
}

function row({ name, labels, unadapted, platt, scratch, adapt }: Line): string {
  const better = Math.min(platt, scratch);
  const holds = adapt < unadapted && adapt - better <= 0.003 ? 'yes' : 'no';
  const cells = [unadapted, platt, scratch, adapt, adapt - unadapted, adapt - better].map((x) => x.toFixed(4));
  return `| ${name} | ${labels} | ${cells.join(' | ')} | ${holds} |`;
}

/** The mean over everything that was left out; the bars apply to it too. */
function means(by: string): Line[] {
  const sizes = SIZES.filter((labels) => lines.some((line) => line.labels === labels && line.name.startsWith(by)));
  return sizes.map((labels) => {
    const of = lines.filter((line) => line.labels === labels && line.name.startsWith(by));
    const mean = (way: 'unadapted' | 'platt' | 'scratch' | 'adapt') =>
      of.reduce((sum, line) => sum + line[way], 0) / of.length;
    return {
      name: `mean of ${of.length} ${by}s`,
      labels,
      unadapted: mean('unadapted'),
      platt: mean('platt'),
      scratch: mean('scratch'),
      adapt: mean('adapt'),
    };
  });
}

await leaveEachOut('examples/smollm2.jsonl.gz', undefined, 'task');
if (values.models !== undefined) await leaveEachOut(values.models, values.labels, 'model');
await pool.close();
console.log(`# bench/adapt: ${machine()}, ${draws} draws by question, learners: ${values.learners}\n`);
console.log(
  '| left out | labels | unadapted | Platt | from scratch | adapt | less unadapted | less better simple way | ' +
    'bars hold |',
);
console.log(`| --- |${' ---: |'.repeat(7)} --- |`);
const all = [...lines, ...means('task'), ...means('model')];
for (const line of all) console.log(row(line));
console.log(
  '\n| left out | known answers flagged | its answers flagged | at exactly 5% known | batch flagged by share | ' +
    'name never seen |',
);
console.log('| --- | ---: | ---: | ---: | --- | --- |');
for (const line of flags) console.log(line);
process.exit(0);
