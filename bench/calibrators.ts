/**
 * Cross-validated log-loss of every calibrator on the out-of-fold logits of every learner, with folds by question,
 * compared with scikit-learn's calibrators. It also shows what a line per (model, task) would gain, the width of the
 * Venn–Abers interval, and the time of the choice on 70,000 rows. `npx tsx bench/calibrators.ts ANSWERS… [--labels
 * GRADES]`. Defaults, seed 1, fit part only.
 */
import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { fittedSlice, sliceIndexOf } from '../models/calibrators/interval/slice-index.js';
import { type Logits, sigmoid } from '../models/numbers.js';
import { pick } from '../support/pick.js';
import { progress } from '../support/progress.js';
import { type Random, random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { chooseCalibration } from '../train/choose/calibrate.js';
import { crossFit } from '../train/choose/crossfit.js';
import { crossFolds } from '../train/choose/fit-predictor.js';
import { foldFits } from '../train/choose/fold-fits.js';
import { chooseSliceLines } from '../train/choose/slice-calibration.js';
import { inlinePool } from '../train/learn/pool/pool.js';
import { sheetOf } from '../train/learn/sheet.js';
import { parseOptions } from '../train/options.js';
import { partsOf } from '../train/prepare/fit-and-certify.js';
import { load } from '../train/prepare/load.js';
import { matrixOf } from '../train/prepare/matrix.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { applyVennAbers, fitVennAbers } from './interval/venn-abers/fit.js';
import { machine, venv } from './venv.js';

const { values, positionals } = parseArgs({ options: { labels: { type: 'string' } }, allowPositionals: true });
const files = positionals.length > 0 ? positionals : ['examples/smollm2.jsonl.gz'];
const options = parseOptions({});
const python = venv('bench/requirements-train.txt', 'bench/.venv-train');
const { data } = await load(
  files,
  { labels: values.labels, on: values.labels === undefined ? undefined : 'id' },
  { topK: 0 },
);
const { tf } = await openBackend(options.backend);
const seed = random(options.seed);
const { fit: rows } = partsOf(data, options, seed.fork('parts'));
const matrix = matrixOf(data, rows);
const { categorical } = matrix.schema;
const sliceIndex = sliceIndexOf(categorical);
const slice = rows.map((row) => fittedSlice(sliceIndex, matrix.categories, row * categorical.length));
const shown = progress('cross-fit', { total: options.folds * (1 + options.members), unit: 'fits' });
const fold = crossFolds(data, rows, options.folds, seed.fork('folds'));
const fits = foldFits({
  pool: inlinePool(tf),
  data,
  sheet: sheetOf(data, matrix),
  rows,
  fold,
  options,
  random: seed.fork('cross'),
  progress: shown,
});
const { learners } = await crossFit({ data, options, fits });
shown.done();

console.log(
  `# bench/calibrators: ${files.map((file) => basename(file)).join(', ')}, ${rows.length} rows; ${machine()}`,
);
const columns = Array.from(learners.values(), ({ logits }) => columnOf(logits));
console.log(
  `\n| cross-validated log-loss | ${[...learners.keys()].join(' | ')} |\n| --- |${' ---: |'.repeat(learners.size)}`,
);
for (const [name] of columns[0]) console.log(`| ${name} | ${columns.map((column) => column.get(name)).join(' | ')} |`);
console.log(`\nprocessor seconds on 70,000 drawn rows: ${secondsOf(70_000, random('70k')).join(', ')}`);
process.exit(0);

/** The results for one learner's logits, by calibrator; the shipped one is marked. */
function columnOf(z: Logits): Map<string, string> {
  const column = new Map<string, string>();
  const mark = (loss: number, chosen: boolean) => `${loss.toFixed(4)}${chosen ? ' *' : ''}`;
  for (const { name, logLoss, chosen } of chooseCalibration(data, rows, fold, z).candidates)
    column.set(name, mark(logLoss, chosen));
  const theirs = sklearn(z);
  column.set(`scikit-learn ${theirs.version} Platt`, theirs.Platt.toFixed(4));
  column.set(`scikit-learn ${theirs.version} isotonic`, theirs.isotonic.toFixed(4));
  const { candidates } = chooseSliceLines({
    data,
    rows,
    fold,
    logits: z,
    slices: { slice, count: sliceIndex.count },
    strengths: options.sliceStrengths,
  });
  for (const { strength, logLoss, chosen } of candidates)
    column.set(
      strength === null ? 'no line by (model, task)' : `lines by (model, task), strength ${strength}`,
      mark(logLoss, chosen),
    );
  const { low, high } = applyVennAbers(fitVennAbers(z, pick(data.y, rows), pick(data.w, rows)), z);
  const widths = high.map((p, i) => p - low[i]).sort();
  column.set(
    'Venn–Abers width: median, 95%',
    [0.5, 0.95].map((q) => widths[Math.floor(q * widths.length)].toFixed(4)).join(', '),
  );
  return column;
}

function sklearn(z: Logits): { version: string; Platt: number; isotonic: number } {
  const input = { z: [...z], y: [...pick(data.y, rows)], w: [...pick(data.w, rows)], fold: [...fold] };
  const run = spawnSync(python, ['bench/calibrators_sklearn.py'], { encoding: 'utf8', input: JSON.stringify(input) });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

/**
 * Processor seconds to choose a calibrator, to fit lines for 200 cells, and for the Venn–Abers interval, on `n` drawn
 * rows.
 */
function secondsOf(n: number, draw: Random): string[] {
  const z = Float64Array.from({ length: n }, () => 2 * draw.normal());
  const y = z.map((at) => (draw.next() < sigmoid(0.7 * at + 0.2 * Math.sin(at)) ? 1 : 0));
  const group = Int32Array.from({ length: n }, (_, i) => Math.floor(i / 10));
  const drawn = {
    y,
    w: new Float64Array(n).fill(1),
    group,
  } as unknown as TrainingData;
  const drawnCells = { slice: Int32Array.from({ length: n }, () => draw.int(200)), count: 200 };
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const folds = group.map((g) => g % 5);
  const timed = (name: string, work: () => unknown) => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return `${name} ${((user + system) / 1e6).toFixed(1)}`;
  };
  return [
    timed('calibrators', () => chooseCalibration(drawn, all, folds, z)),
    timed('lines by cell', () =>
      chooseSliceLines({
        data: drawn,
        rows: all,
        fold: folds,
        logits: z,
        slices: drawnCells,
        strengths: options.sliceStrengths,
      }),
    ),
    timed('Venn–Abers', () => fitVennAbers(z, y, drawn.w)),
  ];
}
