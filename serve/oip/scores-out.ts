import type { LoggedRecord } from '../../data/record.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import type { Score } from '../../scorer/scorer.js';
import type { Loaded } from '../bundle/loaded.js';
import type { Work } from '../parts.js';
import { numbersOut } from './features-model.js';
import type { Tensor, TensorInfo } from './tensor.js';

const words = ['id', 'decision', 'why', 'missing', 'pattern', 'claim', 'bundle', 'basis', 'promise'] as const;

/**
 * A score as tensors: the numbers of the graph, and the other fields as texts ('' for none). `missing` is a list as
 * JSON.
 */
export const scoresOut: TensorInfo[] = [
  ...numbersOut,
  ...words.map((name): TensorInfo => ({ name, datatype: 'BYTES', shape: [-1] })),
];

/** Scores records and returns the scores as tensors. */
export async function scoreTensors(
  records: LoggedRecord[],
  loaded: Loaded,
  { scored, metrics }: Pick<Work, 'scored' | 'metrics'>,
): Promise<Tensor[]> {
  if (records.length > 1 || loaded.way === 'direct') metrics.ran(records.length);
  const scores = records.length === 1 ? [await loaded.score(records[0])] : await scoreChunk(loaded.scorer, records);
  for (let i = 0; i < scores.length; i++) scored(records[i], scores[i]);
  const shape = [scores.length];
  return [
    ...numbersOut.map((info): Tensor => {
      const of = info.name as keyof Pick<Score, 'logit' | 'probability' | 'low' | 'high' | 'shift'>;
      return {
        name: info.name,
        datatype: 'FP32',
        shape,
        data: Float32Array.from(scores, (score) => score[of] ?? Number.NaN),
      };
    }),
    ...words.map(
      (name): Tensor => ({ name, datatype: 'BYTES', shape, data: scores.map((score) => textOf(score[name])) }),
    ),
  ];
}

function textOf(value: Score[(typeof words)[number]]): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}
