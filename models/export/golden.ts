import { rowMaker } from '../../features/row.js';
import type { GoldenRow } from '../bundle/golden.js';
import { rawRowMaker } from '../raw/rows.js';
import type { Exported } from './export-bundle.js';

/**
 * Golden rows at the level of the feature graph: each input as its nested list, NaN as null, and what the graph gives. The rows
 * are the bundle's own, of synthetic records.
 */
export function goldenFeatures({ manifest, golden }: Exported): string {
  const { signals } = manifest;
  const maker = rowMaker(signals);
  const numeric = new Float64Array(signals.numeric.length);
  const rows = golden.map(({ features, categories, record, ...rest }) => {
    const words = new Int32Array(signals.words?.length ?? 0);
    if (signals.words !== undefined) {
      maker.row(record, numeric, 0, new Int32Array(categories.length), 0);
      maker.words(signals.words, words, 0);
    }
    const inputs = {
      features,
      ...(categories.length > 0 ? { categories } : {}),
      ...(words.length > 0 ? { words: [...words] } : {}),
    };
    return { id: record.id, inputs, expected: expectedOf(rest), record };
  });
  return `${JSON.stringify(rows)}\n`;
}

/** The same rows at the level of the raw-signal graph; `signals` are those it is to compute. */
export function goldenRaw({ plan, golden }: Exported): string {
  const make = rawRowMaker(plan);
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
    };
    return { id: record.id, inputs, expected: { ...expectedOf(rest), signals: features }, record };
  });
  return `${JSON.stringify(rows)}\n`;
}

/** What the graph gives. No decision: that takes the whole rule, on what the record holds. */
function expectedOf({ logit, probability, pattern }: Pick<GoldenRow, 'logit' | 'probability' | 'pattern'>) {
  return { logit, probability, pattern };
}
