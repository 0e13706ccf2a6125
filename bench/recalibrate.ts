import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScorer, recalibrate, train } from '../index.js';
import { random } from '../support/random.js';
import { madeAnswers } from '../test/support/answers.js';
import { light } from '../test/support/trained.js';

/**
 * What `recalibrate` chooses on simulated drifts with a known outcome, over seeds: `npx tsx bench/recalibrate.ts [seeds]
 * [questions]`. The bundle is trained on made answers. Labels of fresh answers are drawn from its own probabilities, so
 * that without a drift they are calibrated exactly.
 */
const [seeds, questions] = [process.argv[2] ?? '10', process.argv[3] ?? '200'].map(Number);
const dir = mkdtempSync(join(tmpdir(), 'vouch-recal-'));
const model = join(dir, 'model');
await train(madeAnswers(200), { out: model, ...light, threads: 1, backend: 'wasm', targetError: 0.2, confidence: 0.9 });
const scorer = await openScorer(model);

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const logit = (p: number) => Math.log(p / (1 - p));

/** Fresh answers whose labels are drawn from the bundle's logit after `drift`. */
async function fresh(seed: number, drift: (logit: number) => number) {
  const draw = random(`fresh ${seed}`);
  const records = madeAnswers(questions, 1000 + seed).map((record) => ({
    ...record,
    id: `f-${record.id}`,
    group: `f-${record.group}`,
    prompt: `${record.prompt} (fresh ${seed})`,
  }));
  const scores = await scorer.scoreMany(records);
  return records.map((record, i) => {
    const right = draw.next() < sigmoid(drift(logit(scores[i].probability)));
    return { ...record, labels: [{ value: right ? 1 : 0, source: 'human' as const }] };
  });
}

/** Another model's answers to another task: told by another signal. */
function newTask(seed: number) {
  const draw = random(`task ${seed}`);
  return madeAnswers(questions, 3000 + seed).map((record) => {
    const luck = draw.int(4);
    const right = draw.next() < [0.05, 0.2, 0.6, 0.95][luck];
    return {
      ...record,
      id: `t-${record.id}`,
      group: `t-${record.group}`,
      prompt: `${record.prompt} (task ${seed})`,
      model: 'third',
      task: 'riddles',
      features: { ...record.features, luck },
      labels: [{ value: right ? 1 : 0, source: 'human' as const }],
    };
  });
}

const drifts: Record<string, (seed: number) => Promise<ReturnType<typeof newTask>> | ReturnType<typeof newTask>> = {
  none: (seed) => fresh(seed, (z) => z) as never,
  'shift -1.5': (seed) => fresh(seed, (z) => z - 1.5) as never,
  'slope 0.4': (seed) => fresh(seed, (z) => 0.4 * z) as never,
  'new task': newTask,
};
for (const [name, make] of Object.entries(drifts)) {
  const chosen: Record<string, number> = {};
  let ships = 0;
  let certified = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { report } = await recalibrate(await make(seed), { model, dryRun: true, drawn: 1, seed });
    chosen[report.chosen] = (chosen[report.chosen] ?? 0) + 1;
    if (report.ships) ships++;
    if (report.thresholds.some(({ threshold }) => threshold !== null)) certified++;
  }
  console.log(name, JSON.stringify(chosen), 'ships', ships, 'certified', certified, 'of', seeds);
}
await scorer.close();
rmSync(dir, { recursive: true });
