import { checkRecord } from '../../data/check-record.js';
import { inputOf } from './inputs.js';
import type { OpenModel } from './open-model.js';
import { scoresOut, scoreTensors } from './scores-out.js';
import type { TensorInfo } from './tensor.js';

const alternatives: TensorInfo[] = [
  { name: 'top_logprobs', datatype: 'FP32', shape: [-1, -1, -1] },
  { name: 'top_tokens', datatype: 'BYTES', shape: [-1, -1, -1] },
];
const texts = ['prompt', 'answer', 'model', 'task'] as const;

/**
 * Answers with the log-probabilities of their tokens as padded tensors, for clients that have tokens as arrays. Inputs:
 * texts [n] ('' if not recorded, except the answer, which is taken as it is), `tokens` BYTES [n, t], `logprobs` FP32
 * [n, t], `top_logprobs` FP32 [n, t, k] with `top_tokens` BYTES [n, t, k]; NaN after each answer's last token.
 * Optionally `selected` INT32 [n]: 1 for an answer that an earlier score led to.
 */
export function tokensModel(name: string): OpenModel {
  return {
    name,
    inputs: ({ signals: { topK } }) => [
      ...texts.map((text): TensorInfo => ({ name: text, datatype: 'BYTES', shape: [-1] })),
      { name: 'tokens', datatype: 'BYTES', shape: [-1, -1] },
      { name: 'logprobs', datatype: 'FP32', shape: [-1, -1] },
      ...(topK === 0 ? [] : alternatives),
    ],
    outputs: scoresOut,
    infer: async (inputs, loaded, parts) => {
      const tokens = inputOf(inputs, 'tokens', 'BYTES', [-1, -1]);
      const [n, t] = tokens.shape;
      const logprobs = inputOf(inputs, 'logprobs', 'FP32', [n, t]);
      const top = inputs.has('top_logprobs') ? inputOf(inputs, 'top_logprobs', 'FP32', [n, t, -1]) : null;
      const k = top?.shape[2] ?? 0;
      const others = top === null ? [] : inputOf(inputs, 'top_tokens', 'BYTES', [n, t, k]).data;
      const selected = inputs.has('selected') ? inputOf(inputs, 'selected', 'INT32', [n]).data : null;
      const own = texts.map((text) => inputOf(inputs, text, 'BYTES', [n]).data);
      const records = Array.from({ length: n }, (_, i) => {
        const listed: unknown[] = [];
        for (let j = i * t; j < (i + 1) * t && !Number.isNaN(logprobs.data[j]); j++) {
          const row = Array.from({ length: k }, (_, a) => ({
            token: others[j * k + a],
            logprob: top!.data[j * k + a],
          }));
          const recorded = row.filter(({ logprob }) => !Number.isNaN(logprob));
          listed.push({ token: tokens.data[j], logprob: logprobs.data[j], ...(k === 0 ? {} : { top: recorded }) });
        }
        const [prompt, answer, model, task] = own.map((list) => list[i]);
        const known = Object.fromEntries(Object.entries({ prompt, model, task }).filter(([, value]) => value !== ''));
        const more = {
          ...(selected !== null && selected[i] !== 0 ? { selected: true } : {}),
          ...(listed.length === 0 ? {} : { tokens: listed }),
        };
        return checkRecord({ ...known, answer, ...more }, undefined, i + 1);
      });
      return scoreTensors(records, loaded, parts);
    },
  };
}
