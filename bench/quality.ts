/**
 * The quality of vouch's probabilities compared with tuned peers, on the same signals (the table of `vouch features`)
 * and the same folds by question: paired 95% intervals of log-loss by a bootstrap over questions, and whether the
 * project's bars are met. `npx tsx bench/quality.ts ANSWERS… [--labels GRADES --on id]`. Peers run in a Python venv
 * that is created once (several GB). `--labels-budget 300,1000` adds training on few labels, `--calibration` the range
 * of a perfect predictor. Predictions of peers are kept in `--cache`; ours are fitted again each time, on one core,
 * while the peers run.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import { openPool } from '../train/learn/pool/open-pool.js';
import { readAnswers } from './quality/answers.js';
import type { Bar } from './quality/bars.js';
import { judgeCalibration } from './quality/calibration.js';
import { judgeFewLabels } from './quality/few-labels.js';
import { judgeFolds } from './quality/folds.js';
import { peers } from './quality/peers.js';
import { machine, venv } from './venv.js';

const { values, positionals } = parseArgs({
  options: {
    labels: { type: 'string' },
    on: { type: 'string', default: 'id' },
    'group-by': { type: 'string' },
    peers: { type: 'string', default: Object.keys(peers).join(',') },
    folds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    fast: { type: 'boolean', default: false },
    calibration: { type: 'boolean', default: false },
    'labels-budget': { type: 'string' },
    draws: { type: 'string', default: '20' },
    'labels-peers': { type: 'string', default: 'lr,hgb,lgbm,catboost' },
    'skip-folds': { type: 'boolean', default: false },
    python: { type: 'string' },
    cache: { type: 'string', default: 'runs/quality' },
    threads: { type: 'string', default: '1' },
    backend: { type: 'string', default: 'auto' },
    out: { type: 'string' },
  },
  allowPositionals: true,
});
const listed = (text: string) => text.split(',').filter((name) => name !== '');
const unknown = [...listed(values.peers), ...listed(values['labels-peers'])].filter((name) => !(name in peers));
if (unknown.length > 0)
  throw new Error(`no such peer: ${unknown.join(', ')}; there are ${Object.keys(peers).join(', ')}`);

const files = positionals.length > 0 ? positionals : ['examples/smollm2.jsonl.gz'];
const seed = Number(values.seed);
const options = {
  python: values.python ?? venv('bench/requirements-quality.txt', 'bench/.venv-quality'),
  cache: values.cache,
  threads: Number(values.threads),
  seed,
  fast: values.fast,
};
const aside = mkdtempSync(join(tmpdir(), 'vouch-quality-'));
const bars: Bar[] = [];
try {
  const backend = await openBackend(values.backend as 'auto');
  const { name } = backend;
  const pool = openPool(backend, Number(values.threads));
  const answers = await readAnswers(
    files,
    { labels: values.labels, on: values.on, groupBy: values['group-by'] },
    aside,
  );
  const { data } = answers;
  console.log(
    `# bench/quality: ${files.map((file) => basename(file)).join(', ')}, ${data.n} answers to ${data.groupCount} ` +
      'questions, ' +
      `${values.folds} folds by question, seed ${seed}` +
      `${values.fast ? ', fast (peers with part of their budget)' : ''}; ${machine()}, tfjs ${name}\n`,
  );
  if (!values['skip-folds']) {
    const judged = await judgeFolds(pool, answers, listed(values.peers), Number(values.folds), options, random(seed));
    const { ours, truth } = judged;
    bars.push(...judged.bars);
    if (values.calibration) bars.push(...judgeCalibration(data, ours, judged.peers, truth, random(seed)));
    if (values.out !== undefined) {
      const predictors = [...judged.ours, ...judged.peers].map((each) => [each.name, [...each.probability]]);
      const { ids, groups } = data;
      const content = { ids, groups, label: [...data.y], weight: [...data.w], ...Object.fromEntries(predictors) };
      writeFileSync(values.out, JSON.stringify(content));
    }
  }
  for (const labels of listed(values['labels-budget'] ?? '').map(Number)) {
    const few = listed(values['labels-peers']);
    bars.push(...(await judgeFewLabels(pool, answers, few, labels, Number(values.draws), options, random(seed))));
  }
} finally {
  rmSync(aside, { recursive: true });
}
process.exit(bars.every(({ met }) => met) ? 0 : 1);
