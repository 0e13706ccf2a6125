/**
 * What more answers per question are worth: the first answer, votes, best of n by the probability of a bundle, the joint
 * probability, and revisions, on real answers. Without `--model`, half of the questions train a bundle (logistic
 * regression; `--whole`: the whole recipe), and methods are compared on the other half. With `--model`, on all
 * questions that the bundle was not trained on.
 * `npx tsx bench/best-of.ts ANSWERS… [--model DIR] [--with NAME] [--labels FILE] [--target-error .2] [--without TASK]
 * [--whole]`; `--without` leaves out a task whose answers a signal can check.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { groupMaker } from '../data/group/maker.js';
import type { AnswerRecord } from '../data/record.js';
import { mean } from '../features/stats.js';
import { choose } from '../library/best-of/choose.js';
import { readAnswers } from '../library/read-answers.js';
import { type TrainOptions, train } from '../library/train.js';
import { count, percent } from '../report/numbers.js';
import { random } from '../support/random.js';
import { markdownOf } from './best-of/markdown.js';
import { machine } from './venv.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    with: { type: 'string' },
    labels: { type: 'string' },
    'target-error': { type: 'string', default: '0.2' },
    seed: { type: 'string', default: '1' },
    without: { type: 'string' },
    whole: { type: 'boolean', default: false },
  },
});

const LIGHT: Partial<TrainOptions> = {
  learners: ['logistic'],
  patternLearners: ['logistic'],
  words: { length: 0, buckets: 1 },
};

const seed = Number(values.seed);
const labels = values.labels === undefined ? {} : { labels: values.labels, on: 'id' };
const targetError = Number(values['target-error']);
const common = { with: values.with, targetError, seed };

const folder = await mkdtemp(join(tmpdir(), 'vouch-best-of-'));
try {
  const { summary, alone } =
    values.model === undefined
      ? await onHalf()
      : { ...(await choose(positionals, { ...common, model: values.model })), alone: [] };
  const what = positionals.map((file) => basename(file)).join(', ');
  const less = values.without === undefined ? '' : ` without ${values.without}`;
  console.log(`**bench/best-of: ${what}${less}, seed ${seed}; ${machine()}**\n`);
  console.log(markdownOf(summary!));
  if (alone.length > 0) console.log(`Each model alone, on the same questions: ${alone.join(', ')}.\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Trains on half of the questions, drawn at random, and compares on the other half. */
async function onHalf() {
  const records: AnswerRecord[] = [];
  const grouping = groupMaker();
  for await (const record of readAnswers(positionals, labels)) {
    if (values.without !== undefined && record.task === values.without) continue;
    grouping.add(record);
    records.push(record as AnswerRecord);
  }
  const { groups } = grouping.finish();
  const order = random(seed)
    .fork('half')
    .shuffle([...new Set(groups)]);
  const trains = new Set(order.slice(0, Math.floor(order.length / 2)));
  const model = join(folder, 'bundle');
  const half = records.filter((_, i) => trains.has(groups[i]));
  await train(half, { out: model, seed, certify: 'split', refit: 'never', ...(values.whole ? {} : LIGHT) });
  const rest = records.filter((_, i) => !trains.has(groups[i]));
  const chosen = await choose(rest, { ...common, model });
  return { ...chosen, alone: alone(records, groups, new Set(chosen.choices.map(({ group }) => group))) };
}

/** How often each model is right on the questions that were compared; empty if there is one model. */
function alone(records: readonly AnswerRecord[], groups: readonly string[], compared: ReadonlySet<string>): string[] {
  const byModel = new Map<string, number[]>();
  records.forEach(({ model, labels }, i) => {
    const label = labels?.[0];
    if (!compared.has(groups[i]) || model == null || label === undefined) return;
    const grades = byModel.get(model);
    if (grades === undefined) byModel.set(model, [label.value]);
    else grades.push(label.value);
  });
  if (byModel.size < 2) return [];
  return [...byModel].map(
    ([model, grades]) => `${model} ${percent(mean(grades, grades.length))} of ${count(grades.length)} answers`,
  );
}
