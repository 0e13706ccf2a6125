import { labelOf } from '../../data/label-of.js';
import type { AnswerRecord } from '../../data/record.js';
import type { Answer } from '../../data/token-list.js';
import { commonTopK } from '../../features/collect.js';
import { pluginSignals } from '../../features/plugin/signals-of.js';
import { answersAt } from '../../scorer/policy/answers-at.js';
import type { Case } from '../../scorer/policy/case.js';
import type { Prices } from '../../scorer/policy/prices.js';
import type { Plugins } from '../../support/plugins/plugin.js';
import { type TrainOptions, wordsOf } from '../../train/options.js';
import { type TrainingData, TrainingDataCollector } from '../../train/prepare/training-data.js';

/** A row that a predictor learns from: an answer that could be returned for a case at a state. */
export interface StateRow {
  /** Place of the case among the fit cases. */
  at: number;
  state: string;
  /** Place of the answer among those that could be returned there. */
  answer: number;
}

interface CollectedRows {
  data: TrainingData;
  rows: StateRow[];
}

/** One row for each case, state and answer that could be returned there, with only what is known at that state. */
export function collectRows(
  cases: readonly Case[],
  weight: Float64Array,
  states: ReadonlyMap<string, readonly string[]>,
  { prices, options, plugins = [] }: { prices: Prices; options: TrainOptions; plugins?: Plugins },
): CollectedRows {
  const topK = options.topK || commonTopK(cases.map(({ first }) => first as Answer));
  const collector = new TrainingDataCollector(topK, 'group', wordsOf(options), false, {
    own: pluginSignals(plugins),
    embeddings: options.embeddings.channel ? 'any' : undefined,
  });
  const rows: StateRow[] = [];
  cases.forEach((each, at) => {
    for (const [state, bought] of states) {
      answersAt(each, new Set(bought), prices).forEach((record, answer) => {
        const named = { ...weighted(record, weight[at]), id: `${at} ${state} ${answer}`, group: each.group };
        if (collector.add(named as Answer, 'policy', at + 1)) rows.push({ at, state, answer });
      });
    }
  });
  return { data: collector.finish(), rows };
}

/** The same with labels whose common weight is that of the case. */
function weighted(record: AnswerRecord, weight: number): AnswerRecord {
  const by = weight / (labelOf(record as Answer)?.weight ?? 1);
  if (by === 1) return record;
  return { ...record, labels: record.labels?.map((label) => ({ ...label, weight: by * (label.weight ?? 1) })) };
}
