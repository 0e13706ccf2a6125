import type { AnswerRecord } from '../../data/record.js';
import { rowMaker } from '../../features/row.js';
import type { SignalSchema } from '../../features/schema.js';
import { embeddingInput, writeVector } from '../../features/vectors/embeddings.js';
import type { GoldenRow } from '../bundle/golden.js';
import { rawRowMaker } from '../raw/rows.js';
import type { Exported } from './export-bundle.js';

/**
 * Golden rows for the feature graph: each input as a nested list, NaN as null, and the outputs of the graph. The rows
 * are those of the bundle, made from synthetic records.
 */
export function goldenFeatures({ manifest, golden, own }: Exported): string {
  const { signals } = manifest;
  const maker = rowMaker(signals, own);
  const numeric = new Float64Array(signals.numeric.length);
  const rows = golden.map(({ features, categories, record, ...rest }) => {
    const words = new Int32Array(signals.words?.length ?? 0);
    maker.row(record, numeric, 0, new Int32Array(categories.length), 0);
    if (signals.words !== undefined) maker.words(signals.words, words, 0);
    const inputs = {
      features,
      ...(categories.length > 0 ? { categories } : {}),
      ...(words.length > 0 ? { words: [...words] } : {}),
      ...vectorInputs(record, signals),
    };
    return { id: record.id, inputs, expected: expectedOf(rest), record };
  });
  return `${JSON.stringify(rows)}\n`;
}

/** The same rows for the raw-signal graph; `signals` are the values that it must compute. */
export function goldenRaw({ plan, golden, own }: Exported): string {
  const make = rawRowMaker(plan, own);
  const rows = golden.map(({ features, categories, record, ...rest }) => {
    const { tokenLogprobs, topLogprobs, informative, fresh, decisive, choices, numbers, words } = make(record);
    const inputs = {
      token_logprobs: tokenLogprobs,
      top_logprobs: topLogprobs,
      informative,
      fresh,
      decisive,
      choices,
      ...(numbers.length > 0 ? { numbers } : {}),
      ...(categories.length > 0 ? { categories } : {}),
      words,
      ...vectorInputs(record, plan.schema),
    };
    return { id: record.id, inputs, expected: { ...expectedOf(rest), signals: features }, record };
  });
  return `${JSON.stringify(rows)}\n`;
}

/** The vectors of a record by the names of their inputs; null for the numbers of one that is missing. */
function vectorInputs(record: AnswerRecord, { embeddings = [] }: SignalSchema): Record<string, (number | null)[]> {
  return Object.fromEntries(
    embeddings.map((shape) => {
      const vector = new Float32Array(shape.size);
      writeVector(record, shape, vector, 0);
      return [embeddingInput(shape.name), Array.from(vector, (value) => (Number.isNaN(value) ? null : value))];
    }),
  );
}

/** The outputs of the graph. No decision: that needs the whole rule, which also looks at the fields of the record. */
function expectedOf({ logit, probability, pattern }: Pick<GoldenRow, 'logit' | 'probability' | 'pattern'>) {
  return { logit, probability, pattern };
}
