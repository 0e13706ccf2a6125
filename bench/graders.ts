/**
 * What rules that grade by references do to figures and predictors, on answers that people also graded: how often rule
 * and people disagree; the accuracy by the rule, by people and by both (prediction-powered, from a few human checks);
 * and predictors trained on either, judged by people on questions that they have not seen. `npx tsx bench/graders.ts
 * ANSWERS --labels GRADES.csv [--checks 300] [--draws 500] [--backend wasm]`
 */
import { parseArgs } from 'node:util';
import { compare as count, newAgreement } from '../data/label/agreement.js';
import { containedAlias } from '../data/label/contained-alias.js';
import { exactMatch } from '../data/label/exact-match.js';
import { compare } from '../metrics/compare.js';
import { meanOver } from '../metrics/interval/group-means.js';
import type { Estimate } from '../metrics/interval/interval.js';
import { metric } from '../metrics/metric.js';
import { logLossMetric } from '../metrics/proper/log-loss.js';
import { aurocMetric } from '../metrics/ranking/auroc.js';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { inlinePool } from '../train/learn/pool/pool.js';
import { parseOptions } from '../train/options.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { drawnChecks } from './graders/checks.js';
import { heldOut } from './graders/held-out.js';
import { readGraded } from './graders/read-graded.js';
import { machine } from './venv.js';

const { values, positionals } = parseArgs({
  options: {
    labels: { type: 'string' },
    checks: { type: 'string', default: '300' },
    draws: { type: 'string', default: '500' },
    backend: { type: 'string', default: 'auto' },
  },
  allowPositionals: true,
});
if (positionals.length === 0 || values.labels === undefined) throw new Error('give ANSWERS and --labels GRADES.csv');
const [checks, draws] = [Number(values.checks), Number(values.draws)];
const { data, rules } = await readGraded(positionals, values.labels, [containedAlias, exactMatch]);
const share = (x: number) => `${(100 * x).toFixed(1)}%`;
const span = (show: (x: number) => string, { value, low, high }: Estimate) =>
  `${show(value as number)} (${show(low as number)} to ${show(high as number)})`;
const systems = [...new Set(data.model)];
const all = Int32Array.from({ length: data.n }, (_, row) => row);
const slices = [
  ['all', all] as const,
  ...systems.map((name) => [name, all.filter((row) => data.model[row] === name)] as const),
];
const mean = (of: Float64Array, rows: Int32Array) => rows.reduce((sum, row) => sum + of[row], 0) / rows.length;

console.log(
  `**bench/graders: ${data.n} answers to ${data.groupCount} questions, graded by people and by rules; ${machine()}**\n`,
);
console.log(
  '| rule | system | answers | right by people | right by the rule | disagree | right called wrong | ' +
    'wrong called right |',
);
console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const [rule, said] of rules) {
  for (const [name, rows] of slices) {
    const agreement = newAgreement();
    for (const row of rows) count(agreement, said[row], data.y[row]);
    const { n, agree, falseRight, falseWrong, right, wrong } = agreement;
    console.log(
      `| ${rule} | ${name} | ${n} | ${share(mean(data.y, rows))} | ${share(mean(said, rows))} | ` +
        `${share(1 - agree / n)} | ${share(falseWrong / right)} | ${share(falseRight / wrong)} |`,
    );
  }
}

console.log(
  `\nAccuracy from ${checks} answers checked by people, drawn at random, and the grades of the rule on the ` +
    `rest; ${draws} draws. The last number of each cell: ` +
    'how often the 95% interval contains the share that people grade as right.\n',
);
console.log(
  '| rule | system | by people | rule alone, contained | checks alone: width, contained | both: ' +
    'mean, width, contained |',
);
console.log('| --- | --- | ---: | ---: | ---: | ---: |');
for (const [rule, said] of rules) {
  for (const [name, rows] of slices) {
    const few = Math.round((checks * rows.length) / data.n);
    const { both, people, grader } = drawnChecks(data, said, rows, few, draws, random(`graders ${rule} ${name}`));
    console.log(
      `| ${rule} | ${name} | ${share(mean(data.y, rows))} | ${share(grader.value)}, ${share(grader.held)} | ` +
        `${share(people.width)}, ${share(people.held)} | ` +
        `${share(both.value)}, ${share(both.width)}, ${share(both.held)} |`,
    );
  }
}

const gap = metric({
  name: 'gap',
  better: 'lower',
  interval: 'percentile',
  prepare: (table) => meanOver(table, (i) => table.probability[i] - table.label[i]),
});
const { tf, name: backend, said: spoken } = await openBackend(values.backend as 'auto');
const options = parseOptions({});
const context = {
  pool: inlinePool(tf),
  backend: { name: backend, said: spoken },
  files: positionals,
  read: data.n,
  bad: 0,
  warnings: [],
  created: '',
  versions: { vouch: 'bench' },
  quiet: true,
};
const predictors: Record<string, Float64Array> = {};
let held = new Int32Array(0);
const byRule = ([rule, y]: [string, Float64Array]): [string, TrainingData] => [
  rule,
  { ...data, y, human: data.human.map(() => false) },
];
for (const [grader, labelled] of [['people', data] as [string, TrainingData], ...[...rules].map(byRule)]) {
  const { rows, probability } = await heldOut(labelled, options, context);
  predictors[grader] = probability;
  held = rows as Int32Array<ArrayBuffer>;
}
const answers = {
  label: Float64Array.from(held, (row) => data.y[row]),
  group: held.map((row) => data.group[row]),
};
const metrics = [logLossMetric, aurocMetric, gap];
const { metrics: judged, differences } = compare({
  metrics,
  answers,
  predictors,
  reference: 'people',
  random: random('graders'),
  options: {},
});
const fixed = (x: number) => x.toFixed(3);
console.log(
  `\nA predictor trained on the labels of each, judged by people on ${held.length} answers to unseen ` +
    'questions; 95% intervals by question, differences paired.\n',
);
console.log('| trained on | log-loss | AUROC | mean of probability − label | log-loss less that of people |');
console.log('| --- | ---: | ---: | ---: | ---: |');
for (const [grader, each] of Object.entries(judged)) {
  const against = differences[grader]?.logLoss;
  const worse =
    against === undefined ? '' : span(fixed, { value: -against.value!, low: -against.high!, high: -against.low! });
  console.log(
    `| ${grader} | ${span(fixed, each.logLoss)} | ${span(fixed, each.auroc)} | ${span(fixed, each.gap)} | ${worse} |`,
  );
}
process.exit(0);
