/**
 * Whether principal components of an encoder's vectors help as signals beside the table, instead of a channel of their
 * own: log-loss of our logistic regression on the table (with the encoder's cosines, without embedding channel),
 * and with 8 and 16 whitened components of the vectors of question and answer. Five folds by question; paired differences
 * with 95% intervals by a bootstrap over questions. `chosen`: for each fold, the number that the other folds prefer by more
 * than one standard error, else none. `npx tsx bench/components.ts FILE[,GRADES] … --encoder DIR [--rows 3000] [--words]`;
 * `--words` also reads the text channel.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { openAnnotator } from '../meaning/annotator.js';
import { logLossMetric } from '../metrics/proper/log-loss.js';
import { sigmoid } from '../models/numbers.js';
import { pick } from '../support/pick.js';
import { progress } from '../support/progress.js';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { crossFit } from '../train/choose/crossfit.js';
import { crossFolds } from '../train/choose/fit-predictor.js';
import { type FoldFits, foldFits } from '../train/choose/fold-fits.js';
import { clusteredMean, rowLosses } from '../train/choose/select.js';
import { openPool } from '../train/learn/pool/open-pool.js';
import { sheetOf } from '../train/learn/sheet.js';
import { parseOptions, wordsOf } from '../train/options.js';
import { load } from '../train/prepare/load.js';
import { matrixOf } from '../train/prepare/matrix.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { principalComponents } from './components/principal.js';
import { intervalText, logLossDifference } from './quality/table.js';
import { machine } from './venv.js';

const COUNTS = [0, 8, 16];
const { values, positionals } = parseArgs({
  options: {
    encoder: { type: 'string' },
    rows: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    words: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const options = parseOptions({ patterns: [], learners: ['logistic'] });
const words = values.words ? wordsOf(options) : null;
const backend = await openBackend('auto');
const annotator = await openAnnotator([values.encoder!]);
const draw = random(Number(values.seed));

/** The data with further signals, and without vectors. */
function withColumns(data: TrainingData, added: readonly Float64Array[]): TrainingData {
  const { signals } = data;
  const columns = new Map(signals.columns);
  const names = added.map((column, k) => {
    columns.set(`features.component${k}@1`, column);
    return `features.component${k}@1`;
  });
  return { ...data, signals: { ...signals, names: [...signals.names, ...names], columns, vectors: null } };
}

async function measure(file: string, labels: string | undefined): Promise<void> {
  const grades = labels === undefined ? {} : { labels, on: 'id' };
  const reading = { ...grades, maxRows: Number(values.rows), annotate: annotator.annotate };
  const { data } = await load([file], reading, { topK: 0, words, vectors: 'any' });
  const components = principalComponents(data, COUNTS.at(-1)!, draw.fork('components'));
  const rows = Int32Array.from(data.y.keys());
  const fold = crossFolds(data, rows, options.folds, draw.fork('folds'));
  const pool = openPool(backend, 1);
  const losses: Float64Array[] = [];
  const probabilities: Float64Array[] = [];
  let shared: FoldFits | undefined;
  for (const count of COUNTS) {
    const part = withColumns(data, components.slice(0, count));
    const fits: FoldFits = foldFits({
      ...{ pool, data: part, sheet: sheetOf(part, matrixOf(part, rows)), rows, fold, options, given: shared },
      ...{ random: draw.fork('fits'), progress: progress('', { quiet: true }) },
    });
    shared ??= fits;
    const { learners } = await crossFit({
      data: part,
      options,
      fits,
      channels: { words: words !== null, embeddings: false },
    });
    const { logits } = learners.get('logistic')!;
    losses.push(rowLosses(data, rows, logits));
    probabilities.push(logits.map(sigmoid));
  }
  await pool.close();
  const picks = Array.from({ length: options.folds }, (_, k) => {
    const others = rows.filter((row) => fold[row] !== k);
    const gains = losses.map((own) => {
      const { mean, error } = clusteredMean(
        data,
        others,
        pick(
          own.map((loss, i) => loss - losses[0][i]),
          others,
        ),
      );
      return mean < -error ? mean : 0;
    });
    return gains.indexOf(Math.min(...gains));
  });
  const chosen = Float64Array.from(rows, (row) => probabilities[picks[fold[row]]][row]);
  const truth = { label: data.y, weight: data.w, group: data.group, slice: data.slice };
  const gaps = [...probabilities.slice(1), chosen].map((own) =>
    logLossDifference(own, probabilities[0], truth, draw.fork('intervals')),
  );
  gaps.forEach(({ value, low, high }, k) => {
    found[k].push({ value: value!, half: (high! - low!) / 2 });
  });
  const loss = logLossMetric.of({ ...truth, probability: probabilities[0] }).toFixed(4);
  const used = picks.map((at) => COUNTS[at]).join(', ');
  const name = `${basename(file)}, ${data.n} answers, ${data.groupCount} questions`;
  console.log(`| ${[name, loss, ...gaps.map(intervalText), used].join(' | ')} |`);
}

const found: { value: number; half: number }[][] = [[], [], []];
console.log(`# bench/components: ${machine()}, encoder ${annotator.encoders[0].name}, seed ${values.seed}\n`);
console.log('| answers | table: log-loss | with 8 | with 16 | chosen | chosen in each fold |');
console.log('| --- | ---: | ---: | ---: | ---: | --- |');
for (const each of positionals) {
  const [file, labels] = each.split(',');
  await measure(file, labels);
}
const means = found.map((gaps) => {
  const value = gaps.reduce((sum, gap) => sum + gap.value, 0) / gaps.length;
  const half = Math.sqrt(gaps.reduce((sum, gap) => sum + gap.half ** 2, 0)) / gaps.length;
  return intervalText({ value, low: value - half, high: value + half });
});
console.log(`| mean over sets | | ${means.join(' | ')} | |`);
await annotator.close();
