/**
 * What tuning an encoder gains over the same encoder frozen: out-of-fold log-loss of a logistic regression on its means
 * and of the tuned encoder, on the same folds by question, alone and added to the whole predictor of vouch with its
 * embedding channel; paired differences with a 95% interval by a bootstrap over questions, and per cpu-minute.
 * `npx tsx bench/tuned.ts ANSWERS --encoder DIR [--labels GRADES --on id] [--folds 5] [--epochs 4]`; `--alone` leaves
 * the whole predictor out.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAnswers } from '../data/read/answers.js';
import { openTokeniser } from '../meaning/model/tokeniser.js';
import { tunedTexts } from '../meaning/tuned/texts.js';
import { logLossMetric } from '../metrics/proper/log-loss.js';
import { aurocMetric } from '../metrics/ranking/auroc.js';
import { readBert } from '../models/bert/read.js';
import { logit, sigmoid } from '../models/numbers.js';
import { digestOf } from '../support/digest.js';
import { progress } from '../support/progress.js';
import { random } from '../support/random.js';
import { versions } from '../support/versions.js';
import { openBackend } from '../train/backend/ladder.js';
import { fitRidge } from '../train/learn/logistic/newton.js';
import { keptFits } from '../train/learn/pool/kept-fits.js';
import { keptOr } from '../train/learn/pool/kept-or.js';
import { openPool } from '../train/learn/pool/open-pool.js';
import { parseOptions, wordsOf } from '../train/options.js';
import { load } from '../train/prepare/load.js';
import { strataOf } from '../train/prepare/strata.js';
import { openTuning } from '../train/tuned/cross-fit.js';
import { tunedSchema } from '../train/tuned/options.js';
import { whole } from './quality/folds.js';
import { oursFor } from './quality/ours.js';
import { intervalText, logLossDifference } from './quality/table.js';
import { tasksOf } from './quality/tasks.js';
import { machine } from './venv.js';

const { values, positionals } = parseArgs({
  options: {
    encoder: { type: 'string' },
    labels: { type: 'string' },
    on: { type: 'string', default: 'id' },
    folds: { type: 'string', default: '5' },
    epochs: { type: 'string', default: '4' },
    layers: { type: 'string', default: '2' },
    rate: { type: 'string', default: '1e-4' },
    'head-rate': { type: 'string', default: '1e-3' },
    'max-tokens': { type: 'string', default: '128' },
    seed: { type: 'string', default: '1' },
    rows: { type: 'string' },
    batch: { type: 'string', default: '32' },
    keep: { type: 'string' },
    alone: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const dir = values.encoder!;
const options = tunedSchema.parse({
  folds: Number(values.folds),
  epochs: Number(values.epochs),
  layers: Number(values.layers),
  learningRate: Number(values.rate),
  headRate: Number(values['head-rate']),
  maxTokens: Number(values['max-tokens']),
  batch: Number(values.batch),
});
const draw = random(Number(values.seed));
const backend = await openBackend('auto');
console.error(backend.said);
const grades = values.labels === undefined ? {} : { labels: values.labels, on: values.on };
const ours = parseOptions({ patterns: [], learners: ['rate', 'signal', 'logistic', 'trees', 'blend'] });
const reading = { ...grades, maxRows: values.rows === undefined ? undefined : Number(values.rows) };
const { data } = await load(positionals, reading, { topK: 0, words: wordsOf(ours), vectors: 'any' });

const cpu = () => process.cpuUsage().user / 6e7 + process.cpuUsage().system / 6e7;
const tokeniser = await openTokeniser(
  JSON.parse(readFileSync(join(dir, 'tokenizer.json'), 'utf8')),
  options.maxTokens,
  dir,
);
const texts = new Map<string, ReturnType<typeof tunedTexts>>();
for await (const { records } of readAnswers(positionals, reading))
  for (const record of records) texts.set(record.id, tunedTexts(record));
const begun = performance.now();
const before = cpu();
const pairs = data.ids.map((id) => {
  const { asked, answer } = texts.get(id)!;
  return tokeniser.pair(asked, answer);
});
const tokens = pairs.reduce((sum, { ids }) => sum + ids.length, 0);
const all = Int32Array.from(data.y.keys());
const bert = readFileSync(join(dir, 'model.onnx'));
const strata = strataOf(data, all);
/** Everything that the fits read. */
const read = digestOf([
  versions(),
  backend.name,
  options,
  values.seed,
  bert,
  pairs,
  data.y,
  data.w,
  data.groups,
  strata,
]);
const find =
  values.keep === undefined
    ? undefined
    : keptOr({ kept: keptFits(values.keep), resume: true, onFault: (error) => console.error(error) });
const tuning = await openTuning(
  backend.tf,
  readBert(bert, dir),
  { pairs, labels: data, groups: data.groups, strata },
  {
    options,
    random: draw,
    show: (label, more) => progress(label, more),
    keep: (name, make) => (find === undefined ? make() : find(digestOf([read, name]), make)),
    onEstimate: (seconds) => console.error(`about ${(seconds / 60).toFixed(1)} minutes at most, with the fit on all`),
  },
);
const { logits, untuned, epochs, fold } = await tuning.crossFit();
tuning.close();
const minutes = { cpu: cpu() - before, wall: (performance.now() - begun) / 6e4 };
const truth = { label: data.y, weight: data.w, group: data.group, slice: data.slice };
const probability = (z: Float64Array) => z.map(sigmoid);
console.log(
  `# bench/tuned: ${positionals.map((file) => basename(file)).join(', ')}, ${data.n} answers to ${data.groupCount} ` +
    `questions, ${tokens} tokens, ${options.folds} folds, best epochs ${epochs.join(', ')}, backend ${backend.name}, ` +
    `${minutes.cpu.toFixed(1)} cpu-minutes (${minutes.wall.toFixed(1)} on the wall) for the folds; ${machine()}\n`,
);
console.log('| predictor | log-loss | AUROC | difference (95%) | gain per cpu-minute |');
console.log('| --- | ---: | ---: | ---: | ---: |');
const row = (name: string, own: Float64Array, reference?: Float64Array) => {
  const scored = { ...truth, probability: own };
  const gap = reference && logLossDifference(own, reference, truth, draw.fork('interval'));
  const gain = gap === undefined ? '' : (-gap.value! / minutes.cpu).toFixed(5);
  const figures = [logLossMetric, aurocMetric].map(({ of }) => of(scored).toFixed(4));
  console.log(`| ${[name, ...figures, gap === undefined ? '' : intervalText(gap), gain].join(' | ')} |`);
};
row('frozen, logistic regression', probability(untuned));
row('tuned', probability(logits), probability(untuned));
if (!values.alone) {
  const tasks = tasksOf(fold, options.folds);
  const pool = openPool(backend, 1);
  const { parts } = await oursFor({ name: 'vouch', options: ours }, pool, data, tasks, draw);
  await pool.close();
  const base = whole(data.n, tasks, parts).map(logit);
  // Stacked on logits that are out of fold, with weights from the other folds.
  const stacked = async (channels: Float64Array[]) => {
    const x = Float32Array.from(Array.from(all).flatMap((i) => channels.map((z) => z[i])));
    const result = new Float64Array(data.n);
    for (const { fit, held } of tasks) {
      const d = channels.length;
      const own = Float32Array.from(Array.from(fit).flatMap((i) => Array.from(x.subarray(i * d, i * d + d))));
      const rows = { x: own, y: Float64Array.from(fit, (i) => data.y[i]), w: Float64Array.from(fit, (i) => data.w[i]) };
      const { weights, intercept } = await fitRidge(backend.tf, d, rows, 1);
      for (const i of held) result[i] = sigmoid(weights.reduce((sum, b, j) => sum + b * x[i * d + j], intercept));
    }
    return result;
  };
  const alone = await stacked([base]);
  const frozen = await stacked([base, untuned]);
  row('vouch', alone);
  row('vouch + frozen', frozen, alone);
  const both = await stacked([base, logits]);
  row('vouch + tuned', both, alone);
  row('vouch + tuned, against vouch + frozen', both, frozen);
}
