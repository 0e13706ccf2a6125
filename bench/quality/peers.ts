import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from './answers.js';
import type { Task } from './tasks.js';

/** Peers by the name of their file in `peers/`. */
export const peers: Record<string, string> = {
  lr: 'logistic regression (scikit-learn)',
  hgb: 'HistGradientBoosting (scikit-learn)',
  lgbm: 'LightGBM',
  catboost: 'CatBoost',
  mlp: 'MLP (scikit-learn)',
  realmlp: 'RealMLP (pytabkit)',
  tabm: 'TabM (pytabkit)',
};

/** A peer's predictions for one task. */
export interface Prediction {
  /** One per held-out row. */
  probability: number[];
  /** Log-loss on the first inner fold, the same rows for every peer; null where nothing could be fitted. */
  inner: number | null;
  chosen: string;
  budget: string;
  seconds: number;
}

export interface PeerOptions {
  python: string;
  cache: string;
  threads: number;
  seed: number;
  fast: boolean;
}

const FOLDER = 'bench/quality/peers';

/** The predictions of each peer for all tasks, one peer after the other. Peers that failed are left out. */
export async function allPredictions(
  names: string[],
  answers: Answers,
  tasks: Task[],
  options: PeerOptions,
): Promise<Map<string, Prediction[]>> {
  const said = new Map<string, Prediction[]>();
  for (const peer of names) {
    const found = await predictions(peer, answers, tasks, options);
    if (found !== null) said.set(peer, found);
  }
  return said;
}

/**
 * A peer's predictions for each task. They come from the cache if table, rows, settings and the peers' source are the
 * same; the others are fitted by Python in one process per peer, and each task is kept once it is done. null where the
 * peer failed.
 */
async function predictions(
  peer: string,
  answers: Answers,
  tasks: Task[],
  options: PeerOptions,
): Promise<Prediction[] | null> {
  const { python, cache, threads, seed, fast } = options;
  mkdirSync(cache, { recursive: true });
  const source = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.py') && (!name.startsWith('peer_') || name === `peer_${peer}.py`))
    .sort()
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
    .join('\n');
  const settings = JSON.stringify({ peer, seed, fast, table: answers.fingerprint });
  const files = tasks.map(({ fit }) => {
    const key = createHash('sha256').update(source).update(settings).update(fit).digest('hex').slice(0, 24);
    return join(cache, `${peer}-${key}.json`);
  });
  const missing = tasks.map((_, k) => k).filter((k) => !existsSync(files[k]));
  if (missing.length > 0) {
    const { table, data } = answers;
    const wanted = missing.map((k) => ({ fit: [...tasks[k].fit], out: files[k] }));
    const job = `${table}.${peer}.json`;
    const content = { table, ids: data.ids, weights: [...data.w], seed, threads, fast, tasks: wanted };
    writeFileSync(job, JSON.stringify(content));
    const limit = String(threads);
    const env = {
      OMP_NUM_THREADS: limit,
      OPENBLAS_NUM_THREADS: limit,
      MKL_NUM_THREADS: limit,
      PYTHONWARNINGS: 'ignore',
    };
    const run = spawn(python, [join(FOLDER, 'run.py'), peer, job], {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, ...env },
    });
    const [status] = await once(run, 'close');
    if (status !== 0) return null;
  }
  return files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Prediction);
}
