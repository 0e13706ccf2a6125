import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recalibrate } from '../index.js';
import { addCount, type Counts } from '../support/counts.js';
import { freshAnswers, labelled, taskAnswers, trainSmall } from '../test/recalibrate/fresh.js';

/**
 * What `recalibrate` chooses on simulated drifts with a known outcome, over seeds: `npx tsx bench/recalibrate.ts [seeds]
 * [questions]`. The bundle is trained on made answers. Labels of fresh answers are drawn from its own probabilities, so
 * that without a drift they are calibrated exactly. All answers are labelled.
 */
const [seeds, questions] = [process.argv[2] ?? '10', process.argv[3] ?? '200'].map(Number);
const dir = mkdtempSync(join(tmpdir(), 'vouch-recalibrate-'));
const model = join(dir, 'model');
const scorer = await trainSmall(model);

const drifts = {
  'no drift': (seed: number) => freshAnswers(scorer, { questions, seed }, (z) => z),
  'logit − 1.5': (seed: number) => freshAnswers(scorer, { questions, seed }, (z) => z - 1.5),
  'logit × 0.4': (seed: number) => freshAnswers(scorer, { questions, seed }, (z) => 0.4 * z),
  'new task': async (seed: number) => taskAnswers({ questions, seed }),
};
process.stdout.write(`${questions} questions, two answers each, ${seeds} seeds\n`);
for (const [name, make] of Object.entries(drifts)) {
  const chosen: Counts = new Map();
  let [ships, certified] = [0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const { report } = await recalibrate((await make(seed)).map(labelled), { model, dryRun: true, drawn: 1, seed });
    addCount(chosen, report.chosen);
    if (report.ships) ships++;
    if (report.thresholds.some(({ threshold }) => threshold !== null)) certified++;
  }
  const counts = [...chosen].map(([change, n]) => `${change} ${n}`);
  process.stdout.write(`${name}: ${counts.join(', ')}; ships ${ships}, certified ${certified}\n`);
}
await scorer.close();
rmSync(dir, { recursive: true });
