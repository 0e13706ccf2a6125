import { whole } from '../../bench/quality/folds.js';
import { fitOurs } from '../../bench/quality/ours.js';
import { foldTasks } from '../../bench/quality/tasks.js';
import type { AnswerRecord } from '../../data/record.js';
import { compare } from '../../metrics/compare.js';
import type { Estimate } from '../../metrics/interval/interval.js';
import { logLossMetric } from '../../metrics/proper/log-loss.js';
import { aurocMetric } from '../../metrics/ranking/auroc.js';
import { random } from '../../support/random.js';
import { openBackend } from '../../train/backend/ladder.js';
import { openPool } from '../../train/learn/pool/open-pool.js';
import { parseOptions, wordsOf } from '../../train/options.js';
import { load } from '../../train/prepare/load.js';

/** vouch's predictor on held-out answers, without and with the tuned P(True) among its signals. */
export interface WholePredictor {
  answers: number;
  folds: number;
  without: Record<string, Estimate>;
  with: Record<string, Estimate>;
  /** With minus without, paired. */
  difference: Record<string, Estimate>;
}

const metrics = [logLossMetric, aurocMetric];

/**
 * Trains and judges vouch's whole predictor on the held-out answers alone, in folds by question: once as they are and
 * once with `verifiers.ptrueTuned`. The folds and the seeds are the same, so the difference is that of the signal.
 */
export async function wholePredictor(
  records: readonly AnswerRecord[],
  tuned: ReadonlyMap<string, number>,
  { folds = 5, seed = 1, learners }: { folds?: number; seed?: number; learners?: string[] } = {},
): Promise<WholePredictor> {
  const options = parseOptions({ patterns: [], ...(learners === undefined ? {} : { learners }) });
  const pool = openPool(await openBackend('auto'), 1);
  const added = records.map((record) => ({
    ...record,
    verifiers: { ...record.verifiers, ptrueTuned: tuned.get(record.id) },
  }));
  const predict = async (answers: readonly AnswerRecord[]) => {
    const { data } = await load([...answers], {}, { topK: 0, words: wordsOf(options) });
    const tasks = foldTasks(data, folds, random(seed));
    const parts: Float64Array[] = [];
    for (const [k, { fit, held }] of tasks.entries()) {
      parts.push(await fitOurs(pool, data, fit, held, options, random(seed).fork(`fold ${k}`)));
      process.stderr.write(`fold ${k + 1} of ${folds}\n`);
    }
    return { data, probability: whole(data.n, tasks, parts) };
  };
  const without = await predict(records);
  const withTuned = await predict(added);
  await pool.close();
  const { y, w, group, slice, n } = without.data;
  const found = compare({
    metrics,
    answers: { label: y, weight: w, group, slice },
    predictors: { with: withTuned.probability, without: without.probability },
    reference: 'with',
    random: random(seed),
  });
  return {
    answers: n,
    folds,
    without: found.metrics.without,
    with: found.metrics.with,
    difference: found.differences.without,
  };
}
