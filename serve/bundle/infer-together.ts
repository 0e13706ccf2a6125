import type { FeatureScores, Rows } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { together } from './together.js';

/** The most rows in one run of the graph. */
const MOST_ROWS = 256;

/** Runs the graph once over the rows of several requests. `ran` gets the number of rows of each run. */
export function inferTogether(scorer: Scorer, ran: (rows: number) => void): (rows: Rows) => Promise<FeatureScores> {
  const width = scorer.manifest.signals.numeric.length;
  const count = ({ features }: Rows) => features.length / width;
  return together<Rows, FeatureScores>(
    async (items) => {
      const { features, categories, words, embeddings } = items.length === 1 ? items[0] : joined(items);
      ran(features.length / width);
      const all = await scorer.scoreFeatures(features, categories, words, embeddings);
      if (items.length === 1) return [all];
      let at = 0;
      return items.map((item) => {
        const from = at;
        at += count(item);
        return cut(all, from, at);
      });
    },
    MOST_ROWS,
    count,
  );
}

function joined(items: Rows[]): Rows {
  const features = new Float32Array(items.reduce((sum, item) => sum + item.features.length, 0));
  const categories = new BigInt64Array(items.reduce((sum, item) => sum + item.categories.length, 0));
  const words = items[0].words && new Int32Array(items.reduce((sum, item) => sum + item.words!.length, 0));
  let [f, c, w] = [0, 0, 0];
  for (const item of items) {
    features.set(item.features, f);
    categories.set(item.categories, c);
    words?.set(item.words!, w);
    f += item.features.length;
    c += item.categories.length;
    w += item.words?.length ?? 0;
  }
  const embeddings = items[0].embeddings?.map((_, k) => concatenated(items.map((item) => item.embeddings![k])));
  return { features, categories, words, ...(embeddings === undefined ? {} : { embeddings }) };
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function cut({ logit, probability, low, high, shift }: FeatureScores, from: number, to: number): FeatureScores {
  return {
    logit: logit.subarray(from, to),
    probability: probability.subarray(from, to),
    low: low.subarray(from, to),
    high: high.subarray(from, to),
    shift: shift.subarray(from, to),
  };
}
