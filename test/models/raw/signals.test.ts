import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import { features } from '../../../features/list.js';
import { rowMaker } from '../../../features/row.js';
import type { SignalSchema } from '../../../features/schema.js';
import { emitRaw } from '../../../models/raw/emit.js';
import { logprobSignals } from '../../../models/raw/logprob-signals.js';
import { planRaw } from '../../../models/raw/plan.js';
import { rawRowMaker } from '../../../models/raw/rows.js';
import { topSignals } from '../../../models/raw/top-signals.js';
import { anyRecord } from '../../features/any-record.js';
import { compiledOf } from '../../support/linear-model.js';
import { type Padding, rawRunner } from '../../support/run-raw.js';

const named = ['nli', 'ptrue', 'judge'].flatMap((name) => [`verifiers.${name}@1`, `verifiers.${name}.logit@1`]);

/** Every signal there is, and some of the user's own. */
const schemaOf = (topK: number): SignalSchema => ({
  topK,
  numeric: [
    ...features.map(({ name, version }) => `${name}@${version}`),
    ...named,
    'features.age@1',
    'features.age.logit@1',
    'features.vip@1',
  ],
  categorical: [
    { name: 'model', vocabulary: ['m1', 'm2'] },
    { name: 'features.plan', vocabulary: ['pro', 'free'] },
  ],
  words: { length: 12, buckets: 64 },
});

const runners = await Promise.all(
  [1, 2, 3, 5].map(async (topK) => {
    const schema = schemaOf(topK);
    const { run } = await rawRunner(emitRaw(compiledOf(schema), 'test'), schema);
    return { schema, run, of: rawRowMaker(planRaw(schema)), maker: rowMaker(schema) };
  }),
);

/** The first signal on which graph and TypeScript differ by more than 1e-6 of its size. */
async function firstDifference(records: AnswerRecord[], which: number, padding?: Padding): Promise<string | null> {
  const { schema, run, of, maker } = runners[which];
  const d = schema.numeric.length;
  const { signals } = await run(records.map(of), padding);
  const expected = new Float32Array(d);
  for (let i = 0; i < records.length; i++) {
    maker.row(records[i], expected, 0, new Int32Array(2), 0);
    for (let j = 0; j < d; j++) {
      const got = signals[i * d + j];
      const want = expected[j];
      if (Number.isNaN(got) && Number.isNaN(want)) continue;
      if (!(Math.abs(got - want) <= 1e-6 * Math.max(1, Math.abs(want))))
        return `${schema.numeric[j]}: ${got}, not ${want}`;
    }
  }
  return null;
}

describe('raw graph', () => {
  it('computes every token signal but one itself', () => {
    const computed = [...logprobSignals, ...topSignals].map(({ name }) => name);
    const rest = features.map(({ name }) => name).filter((name) => name.startsWith('tokens.'));
    expect(rest.filter((name) => !computed.includes(name))).toEqual(['tokens.decisiveOdds']);
  });

  it('gives the signals of any records with any padding', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRecord, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 3 }),
        fc.record({ tokens: fc.nat(3), ahead: fc.nat(2), alternatives: fc.nat(3) }),
        async (records, which, padding) => {
          expect(await firstDifference(records, which, padding)).toBeNull();
        },
      ),
      { numRuns: 200, seed: 5 },
    );
  });

  it('takes a batch without any token, alternative or option', async () => {
    const bare = { id: 'bare', answer: 'Yes.' };
    const tokens = [{ token: 'Yes.', logprob: -0.1 }];
    expect(await firstDifference([bare, bare], 2)).toBeNull();
    expect(await firstDifference([bare, { ...bare, tokens }], 2)).toBeNull();
  });

  it('sums 20,000 tokens exactly as the signals do', async () => {
    const tokens = Array.from({ length: 20_000 }, (_, t) => {
      const logprob = -((t * 7919) % 1000) / 300;
      return { token: 'a ', logprob, top: [0, 1, 2].map((r) => ({ token: 'a', logprob: logprob - r - 0.1 })) };
    });
    expect(await firstDifference([{ id: 'long', answer: 'a '.repeat(20_000), tokens }], 2)).toBeNull();
  });

  it('treats signals as missing if their marks are unknown, and no others', async () => {
    const { schema, run, of } = runners[2];
    const top = [-0.1, -3, -4].map((logprob) => ({ token: 'x', logprob }));
    const record = { id: 'r', answer: 'It is Paris', tokens: [{ token: 'It is Paris', logprob: -0.1, top }] };
    const known = of(record);
    const { signals } = await run([{ ...known, informative: [NaN], fresh: [NaN], decisive: [NaN] }]);
    const { signals: all } = await run([known]);
    const lost = schema.numeric.filter((_, j) => Number.isNaN(signals[j]) && !Number.isNaN(all[j]));
    expect(lost.every((name) => /^tokens\.(key|fresh|onset)/.test(name))).toBe(true);
    expect(lost.length).toBe(schema.numeric.filter((name) => /^tokens\.(key|fresh|onset)/.test(name)).length);
  });
});
