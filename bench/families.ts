/**
 * What each family of signals is worth: alone, and added to all the others. Five folds by question; log-loss on the
 * folds left out; paired differences with 95% intervals by a bootstrap over questions. `npx tsx bench/families.ts FILE…
 * [--labels FILE --on id] [--family NAME=PATTERN …] [--trees] [--no-vectors] [--folds 5] [--seed 1] [--threads 1]`. A
 * family is all signals whose names match a regular expression; without `--family`: those of `bench/families/list.ts`.
 * The learner is our logistic regression with the ridge that has the least out-of-fold loss, as in training; `--trees`
 * adds trees and takes the blend. Text channel and embedding channel are always read, and fitted once per fold. Without a
 * family, only the ridges next to the best one of all signals are tried. The embedding channel is its logistic
 * regression; `bench/embeddings.ts` measures projections. `--no-vectors` leaves it out. Add fields of an encoder to the
 * files first: `vouch enrich FILE --encoder DIR --out FILE`.
 */
import { parseArgs } from 'node:util';
import { logLossMetric } from '../metrics/proper/log-loss.js';
import { auroc } from '../metrics/ranking/auroc.js';
import { type Probabilities, sigmoid } from '../models/numbers.js';
import { progress } from '../support/progress.js';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import type { Channels } from '../train/choose/channels.js';
import { crossFit } from '../train/choose/crossfit.js';
import { crossFolds } from '../train/choose/fit-predictor.js';
import { type FoldFits, foldFits } from '../train/choose/fold-fits.js';
import { baseRate } from '../train/learn/encoded-rows.js';
import { openPool } from '../train/learn/pool/open-pool.js';
import type { Ridge } from '../train/learn/ridge-path.js';
import { sheetOf } from '../train/learn/sheet.js';
import { parseOptions, type TrainOptions, wordsOf } from '../train/options.js';
import { load } from '../train/prepare/load.js';
import { matrixOf } from '../train/prepare/matrix.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { type Family, familiesIn, isOfVectors, knownFamilies, only, without } from './families/list.js';
import { intervalText, logLossDifference } from './quality/table.js';
import { machine } from './venv.js';

const { values, positionals } = parseArgs({
  options: {
    labels: { type: 'string' },
    on: { type: 'string', default: 'id' },
    family: { type: 'string', multiple: true, default: [] },
    trees: { type: 'boolean', default: false },
    'no-vectors': { type: 'boolean', default: false },
    folds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const { labels, on } = values;
const asked: readonly Family[] =
  values.family.length === 0
    ? knownFamilies
    : values.family.map((text) => {
        const at = text.indexOf('=');
        return { name: text.slice(0, at), pattern: new RegExp(text.slice(at + 1)) };
      });
const learners = values.trees ? (['logistic', 'trees', 'blend'] as const) : (['logistic'] as const);
const options = parseOptions({
  ...{ patterns: [], learners: [...learners], folds: Number(values.folds) },
  embeddings: { widths: [] },
});
const { data } = await load(
  positionals,
  { labels, on: labels === undefined ? undefined : on },
  { topK: 0, words: wordsOf(options), vectors: values['no-vectors'] ? null : 'any' },
);
const pool = openPool(await openBackend('auto'), Number(values.threads), data.n * data.signals.names.length);
const draw = random(`families ${values.seed}`);
const rows = Int32Array.from({ length: data.n }, (_, row) => row);
const fold = crossFolds(data, rows, options.folds, draw.fork('folds'));
const truth = { label: data.y, weight: data.w, group: data.group, slice: data.slice };
const hard = data.y.every((y) => y === 0 || y === 1);

const hasWords = data.words !== null;
const hasVectors = data.signals.vectors != null;

/** Fits of a part of the signals. All parts share the channels of each fold. `own`: the ridges that are tried. */
const fitsOf = (part: TrainingData, own: TrainOptions, given?: FoldFits) =>
  foldFits({
    ...{ pool, data: part, sheet: sheetOf(part, matrixOf(part, rows)), rows, fold, options: own, given },
    ...{ random: draw.fork('fits'), progress: progress('', { quiet: true }) },
  });
const shared = fitsOf(data, options);

/** Logistic regression (or the blend) of a part of the signals: the best ridge, and out-of-fold probabilities of all rows. */
async function outOfFold(part: TrainingData, channels: Channels, own = options) {
  const fits = part === data ? shared : fitsOf(part, own, shared);
  const { learners: fitted, ridge } = await crossFit({ data: part, options: own, fits, channels });
  const { logits } = fitted.get(values.trees ? 'blend' : 'logistic')!;
  return { p: logits.map(sigmoid) as Probabilities, ridge };
}

/** The options with only the ridges next to the given one. */
function nextTo({ penalty, adaptive }: Ridge): TrainOptions {
  const at = options.penalties.indexOf(penalty);
  return { ...options, penalties: options.penalties.slice(Math.max(0, at - 1), at + 2), adaptive: [adaptive] };
}

const lossOf = (p: Probabilities) => logLossMetric.of({ ...truth, probability: p }).toFixed(4);
const aurocOf = (p: Probabilities) => (hard ? auroc(p, data.y, data.w).toFixed(3) : '–');

console.log(
  `# bench/families: ${positionals.map((file) => file.split('/').at(-1)).join(', ')}; seed ${values.seed}; ${machine()}`,
);
const whole = await outOfFold(data, { words: hasWords, embeddings: hasVectors });
const near = nextTo(whole.ridge);
const rate = baseRate(data);
console.log(
  `${data.n} answers, ${data.groupCount} questions, ${options.folds} folds; ` +
    `${values.trees ? 'blend of logistic regression and trees' : 'logistic regression'}\n`,
);
console.log(
  `base rate: log-loss ${lossOf(new Float64Array(data.n).fill(rate))}; ` +
    `all signals: log-loss ${lossOf(whole.p)}, AUROC ${aurocOf(whole.p)}\n`,
);
console.log('| family | signals | alone: log-loss | AUROC | without it: log-loss | added to the rest (95% interval) |');
console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
for (const family of familiesIn(data, asked)) {
  const ofVectors = isOfVectors(family);
  const rest = await outOfFold(without(data, family), { words: hasWords, embeddings: hasVectors && !ofVectors }, near);
  const alone = await outOfFold(only(data, family), { words: false, embeddings: ofVectors });
  const gain = intervalText(logLossDifference(whole.p, rest.p, truth, draw.fork('intervals')));
  console.log(
    `| ${family.name} | ${family.count} | ${lossOf(alone.p)} | ${aurocOf(alone.p)} | ${lossOf(rest.p)} | ${gain} |`,
  );
}
await pool.close();
