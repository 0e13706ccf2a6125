import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Score } from '../../scorer/scorer.js';
import type { Loaded } from '../bundle/loaded.js';

/** What became of an answer that the challenger was to score. */
type ShadowResult = 'compared' | 'dropped' | 'skipped' | 'failed';

/** What is counted about a challenger. */
interface ShadowMetrics {
  result(what: ShadowResult): void;
  compared(champion: Score, challenger: Score): void;
  inUse(loaded: Loaded): void;
}

/** Challenger minus champion. */
const DIFFERENCES = [-0.5, -0.2, -0.1, -0.05, -0.01, 0.01, 0.05, 0.1, 0.2, 0.5, 1];

export function shadowMetrics(registry: Registry): ShadowMetrics {
  const registers = [registry];
  const answers = new Counter({
    name: 'vouch_shadow_answers_total',
    help: 'Answers for the challenger: compared; dropped, because too many waited; skipped, scored in a thread; failed.',
    labelNames: ['result'],
    registers,
  });
  for (const result of ['compared', 'dropped', 'skipped', 'failed']) answers.inc({ result }, 0);
  const decisions = new Counter({
    name: 'vouch_shadow_decisions_total',
    help: 'Answers by the decision of the bundle in service and that of the challenger.',
    labelNames: ['champion', 'challenger'],
    registers,
  });
  const differences = new Histogram({
    name: 'vouch_shadow_difference',
    help: 'Probability of the challenger minus that of the bundle in service.',
    buckets: DIFFERENCES,
    registers,
  });
  const info = new Gauge({
    name: 'vouch_shadow_info',
    help: '1 for the challenger in use.',
    labelNames: ['version', 'digest'],
    registers,
  });
  return {
    result: (result) => answers.inc({ result }),
    compared: (champion, challenger) => {
      answers.inc({ result: 'compared' });
      decisions.inc({ champion: champion.decision ?? 'none', challenger: challenger.decision ?? 'none' });
      const difference = (challenger.probability ?? Number.NaN) - (champion.probability ?? Number.NaN);
      if (!Number.isNaN(difference)) differences.observe(difference);
    },
    inUse: ({ version, scorer }) => {
      info.reset();
      info.set({ version, digest: scorer.digest }, 1);
    },
  };
}
