import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { SignalSchema } from '../../features/schema.js';
import { planRaw } from '../../models/raw/plan.js';
import type { RawRow } from '../../models/raw/rows.js';

/** How rows are laid out: entries that hold nothing put behind, and in front of, the tokens of every row. */
export interface Padding {
  tokens?: number;
  ahead?: number;
  alternatives?: number;
}

/** Runs a raw graph on rows, padded to the longest. */
export async function rawRunner(graph: Uint8Array, schema: SignalSchema) {
  const session = await InferenceSession.create(graph, { logSeverityLevel: 3 });
  const { reads, numbers } = planRaw(schema);
  const run = async (rows: RawRow[], { tokens = 0, ahead = 0, alternatives = 0 }: Padding = {}) => {
    const n = rows.length;
    const t = ahead + tokens + Math.max(0, ...rows.map((row) => row.tokenLogprobs?.length ?? 0));
    const k = alternatives + Math.max(0, ...rows.flatMap((row) => row.topLogprobs?.map((top) => top.length) ?? []));
    const o = Math.max(0, ...rows.map((row) => row.choices?.length ?? 0));
    const perToken = (of: (row: RawRow) => number[] | undefined) => {
      const data = new Float64Array(n * t).fill(NaN);
      rows.forEach((row, i) => {
        data.set(of(row) ?? [], i * t + ahead);
      });
      return new Tensor('float64', data, [n, t]);
    };
    const feeds: Record<string, Tensor> = {};
    if (reads.logprobs) feeds.token_logprobs = perToken((row) => row.tokenLogprobs);
    for (const name of reads.marks) feeds[name] = perToken((row) => row[name]);
    if (reads.top) {
      const data = new Float64Array(n * t * k).fill(NaN);
      rows.forEach((row, i) => {
        row.topLogprobs?.forEach((top, j) => {
          data.set(top, (i * t + ahead + j) * k);
        });
      });
      feeds.top_logprobs = new Tensor('float64', data, [n, t, k]);
    }
    if (reads.choices) {
      const data = new Float64Array(n * o).fill(NaN);
      rows.forEach((row, i) => {
        data.set(row.choices ?? [], i * o);
      });
      feeds.choices = new Tensor('float64', data, [n, o]);
    }
    if (numbers.length > 0)
      feeds.numbers = new Tensor('float64', Float64Array.from(rows.flatMap((row) => row.numbers)), [n, numbers.length]);
    const c = schema.categorical.length;
    if (c > 0)
      feeds.categories = new Tensor(
        'int64',
        BigInt64Array.from(
          rows.flatMap((row) => row.categories),
          BigInt,
        ),
        [n, c],
      );
    schema.embeddings?.forEach(({ name, size }, e) => {
      const all = Float32Array.from(rows.flatMap((row) => row.embeddings![e]));
      feeds[`embeddings.${name}`] = new Tensor('float32', all, [n, size]);
    });
    if (schema.words !== undefined)
      feeds.words = new Tensor('int32', Int32Array.from(rows.flatMap((row) => row.words!)), [n, schema.words.length]);
    const results = await session.run(feeds);
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
  };
  return { run, close: () => session.release() };
}
