/**
 * What the embedding channel is worth: log-loss of vouch with and without it on the same folds by question, and the
 * paired difference with a 95% interval by a bootstrap over questions. The answers hold their vectors in `embeddings`
 * (`vouch enrich --encoder DIR` writes them). `npx tsx bench/embeddings.ts ANSWERS [--labels GRADES --on id]`.
 * `--learners` names the learners that are tried, `--widths` the widths of projections (empty: none), `--noise` replaces the vectors by random ones of the same widths.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { logLossMetric } from '../metrics/proper/log-loss.js';
import { aurocMetric } from '../metrics/ranking/auroc.js';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { openPool } from '../train/learn/pool/open-pool.js';
import { parseOptions, wordsOf } from '../train/options.js';
import { load } from '../train/prepare/load.js';
import { whole } from './quality/folds.js';
import { fitOurs } from './quality/ours.js';
import { intervalText, logLossDifference } from './quality/table.js';
import { foldTasks } from './quality/tasks.js';
import { machine } from './venv.js';

const { values, positionals } = parseArgs({
  options: {
    labels: { type: 'string' },
    on: { type: 'string', default: 'id' },
    learners: { type: 'string', default: 'rate,signal,logistic,trees,tabm,blend' },
    folds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    widths: { type: 'string', default: '8,16' },
    noise: { type: 'boolean', default: false },
    threads: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const draw = random(Number(values.seed));
const learners = values.learners.split(',');
const widths = values.widths
  .split(',')
  .filter((width) => width !== '')
  .map(Number);
const optionsOf = (channel: boolean) => parseOptions({ patterns: [], learners, embeddings: { channel, widths } });
const backend = await openBackend('auto');
const pool = openPool(backend, Number(values.threads));
const grades = values.labels === undefined ? {} : { labels: values.labels, on: values.on };
const loaded = { topK: 0, words: wordsOf(optionsOf(true)), vectors: 'any' as const };
const { data } = await load(positionals, grades, loaded);
const { vectors } = data.signals;
if (values.noise)
  for (const own of vectors!.values as Float32Array[]) for (let i = 0; i < own.length; i++) own[i] = draw.normal();
const tasks = foldTasks(data, Number(values.folds), draw);

const run = async (channel: boolean) => {
  const begun = performance.now();
  const used: string[] = [];
  const parts: Float64Array[] = [];
  const read = channel ? data : { ...data, signals: { ...data.signals, vectors: null } };
  for (const [k, { fit, held }] of tasks.entries()) {
    const own = await fitOurs(
      pool,
      read,
      fit,
      held,
      optionsOf(channel),
      draw.fork(`fold ${k}`),
      (_, { embeddings }) => {
        if (embeddings !== null)
          used.push(embeddings.width === 0 ? `ridge ${embeddings.penalty}` : `${embeddings.width}`);
      },
    );
    parts.push(own);
  }
  const probability = whole(data.n, tasks, parts);
  return { probability, used, seconds: (performance.now() - begun) / 1000 };
};
const truth = { label: data.y, weight: data.w, group: data.group, slice: data.slice };
const [without, withChannel] = [await run(false), await run(true)];
const gap = logLossDifference(withChannel.probability, without.probability, truth, draw.fork('interval'));
const row = (name: string, { probability, used, seconds }: typeof without, difference: string) => {
  const scored = { ...truth, probability };
  const figures = [logLossMetric.of(scored), aurocMetric.of(scored)].map((value) => value.toFixed(4));
  console.log(`| ${[name, ...figures, difference, used.join(', '), seconds.toFixed(0)].join(' | ')} |`);
};
console.log(
  `# bench/embeddings: ${positionals.map((file) => basename(file)).join(', ')}, ${data.n} answers to ` +
    `${data.groupCount} questions, ${tasks.length} folds, seed ${values.seed}, ${values.learners}` +
    `${values.noise ? ', random vectors' : ''}; ${machine()}\n`,
);
console.log('| embedding channel | log-loss | AUROC | with − without (95%) | used in folds | seconds |');
console.log('| --- | ---: | ---: | ---: | --- | ---: |');
row('off', without, '');
row('on', withChannel, intervalText(gap));
await pool.close();
