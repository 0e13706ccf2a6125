import type { AnswerRecord } from '../../data/record.js';
import type { Feature } from '../../features/feature.js';
import { rowMaker } from '../../features/row.js';
import { makeView } from '../../features/view.js';
import type { RawPlan } from './plan.js';

/** What a raw graph reads of one answer. A field is absent if the plan has no such input. NaN = absent value. */
export interface RawRow {
  tokenLogprobs?: number[];
  /** Alternatives of each token, in the order recorded. */
  topLogprobs?: number[][];
  informative?: number[];
  fresh?: number[];
  decisive?: number[];
  choices?: number[];
  numbers: number[];
  categories: number[];
  words?: number[];
  /** The vector of each embedding, in the order of the schema. */
  embeddings?: number[][];
}

/**
 * Makes the rows of a plan: for golden rows and tests, and to show what each input contains. `own` are the signals of
 * plug-ins.
 */
export function rawRowMaker(
  { schema, numbers, reads }: RawPlan,
  own: readonly Feature[] = [],
): (record: AnswerRecord) => RawRow {
  const view = makeView(schema.topK);
  const maker = rowMaker({ ...schema, numeric: numbers }, own);
  const orNaN = (logprob: number | null | undefined) => logprob ?? NaN;
  return (record) => {
    const given = new Float64Array(numbers.length);
    const categories = new Int32Array(schema.categorical.length);
    maker.row(record, given, 0, categories, 0);
    const row: RawRow = { numbers: [...given], categories: [...categories] };
    if (schema.words !== undefined) {
      const words = new Int32Array(schema.words.length);
      maker.words(schema.words, words, 0);
      row.words = [...words];
    }
    row.embeddings = schema.embeddings?.map((shape) => {
      const vector = new Float32Array(shape.size);
      maker.vector(shape, vector, 0);
      return [...vector];
    });
    const tokens = record.tokens ?? [];
    if (reads.logprobs) {
      view.load(record);
      row.tokenLogprobs = tokens.map(() => NaN);
      for (const at of view.tokens.place.subarray(0, view.tokens.n)) row.tokenLogprobs[at] = orNaN(tokens[at].logprob);
    }
    if (reads.top) row.topLogprobs = tokens.map(({ top }) => (top ?? []).map(({ logprob }) => orNaN(logprob)));
    if (reads.choices) row.choices = Object.values(record.choices ?? {});
    if (reads.marks.length > 0) {
      view.load(record);
      const { tokens: table, keyTokens } = view;
      const mark = (holds: (place: number) => boolean) => {
        const marks = tokens.map(() => 0);
        for (let at = 0; at < table.n; at++) if (holds(at)) marks[table.place[at]] = 1;
        return marks;
      };
      if (reads.marks.includes('informative')) row.informative = mark((at) => keyTokens.isKey(at));
      if (reads.marks.includes('fresh')) row.fresh = mark((at) => keyTokens.isFresh(at));
      if (reads.marks.includes('decisive'))
        row.decisive = mark((at) => at >= keyTokens.decisive && at < keyTokens.decided);
    }
    return row;
  };
}
