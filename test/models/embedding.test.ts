import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileNetworks } from '../../models/networks/compile.js';
import { embed, fitEmbedding } from '../../models/networks/embedding.js';

describe('piecewise-linear embedding', () => {
  // Columns: 0…8 in ninths of 4.5, a flag of two values, a constant, and a one-hot that is no number.
  const rows = Float32Array.from(Array.from({ length: 9 }, (_, i) => [i / 2, i % 2, 7, i < 3 ? 1 : 0]).flat());
  const embedding = fitEmbedding(rows, 4, 3, 4);

  it('has its edges at the quantiles, and leaves out columns the encoded input says already', () => {
    expect(embedding).toEqual({ columns: [0, 0, 0, 0], low: [0, 1, 2, 3], rate: [1, 1, 1, 1] });
  });

  it('fills the bins a value has passed: by hand', () => {
    const out = embed(embedding, Float32Array.of(2.25, 1, 7, 0, -5, 0, 7, 1, 9, 0, 7, 1), 4);
    expect([...out]).toEqual([2.25, 1, 7, 0, 1, 1, 0.25, 0, -5, 0, 7, 1, 0, 0, 0, 0, 9, 0, 7, 1, 1, 1, 1, 1]);
  });

  it('joins equal quantiles', () => {
    const skewed = Float32Array.of(0, 0, 0, 0, 0, 0, 1, 2, 3);
    expect(fitEmbedding(skewed, 1, 1, 4)).toEqual({ columns: [0, 0], low: [0, 1], rate: [1, 0.5] });
  });

  it('keeps to [0, 1], rises with the value, and sums to the bins passed', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 60 }), (values) => {
        const column = Float32Array.from(values).sort();
        const fitted = fitEmbedding(column, 1, 1, 5);
        const bins = fitted.columns.length;
        const out = embed(fitted, column, 1);
        let before = 0;
        for (let i = 0; i < column.length; i++) {
          const passed = out.subarray(i * (bins + 1) + 1, (i + 1) * (bins + 1));
          const sum = passed.reduce((all, t) => all + t, 0);
          expect(passed.every((t) => t >= 0 && t <= 1)).toBe(true);
          expect(sum).toBeGreaterThanOrEqual(before - 1e-4);
          before = sum;
        }
        expect(before).toBeCloseTo(bins, 3);
      }),
    );
  });

  it('is one for all networks of a model', () => {
    const network = (bins: number) => {
      const own = fitEmbedding(rows, 4, 3, bins);
      const architecture = { inputs: 4, hidden: [], activation: 'silu' as const, skip: false, embedding: own };
      return { architecture, members: [[new Float32Array(4 + own.columns.length), new Float32Array(1)]] };
    };
    const gains = new Float64Array(4).fill(1);
    expect(() => compileNetworks([network(4), network(2)], gains)).toThrow(/share one embedding/);
  });
});
