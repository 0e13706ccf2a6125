import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitAffine } from '../../../models/calibrators/affine.js';
import { emitSlice, fittedSlice, sliceAt, sliceIndexOf } from '../../../models/calibrators/interval/slice-index.js';
import { applySliceLines, emitSliceLines, sliceLinesFitter } from '../../../models/calibrators/slice-lines.js';
import { sigmoid } from '../../../models/numbers.js';
import { random } from '../../../support/random.js';
import { runGraph } from '../../support/run-graph.js';

const lines = [
  [1, 0],
  [0.5, 1],
  [1.5, -1],
];

/** Answers of three slices, each with a line of its own. */
function slicesDrawn(n: number) {
  const draw = random('cells');
  const slice = Int32Array.from({ length: n }, () => draw.int(3));
  const logits = Float64Array.from({ length: n }, () => 1 + 2 * draw.normal());
  const y = logits.map((z, i) => (draw.next() < sigmoid(lines[slice[i]][0] * z + lines[slice[i]][1]) ? 1 : 0));
  return { logits, y, w: new Float64Array(n).fill(1), slice };
}

describe('lines by slice', () => {
  const { logits, y, w, slice } = slicesDrawn(3000);
  const fitAt = sliceLinesFitter(logits, y, w, slice, 4);
  const [a, b] = fitAffine(logits, y, w, true);

  it('almost no pooling gives the Platt line of each slice alone', () => {
    const { slope, offset } = fitAt(1e-9);
    for (const c of [0, 1, 2]) {
      const own = (values: Float64Array) => values.filter((_, i) => slice[i] === c);
      const [ownSlope, ownOffset] = fitAffine(own(logits), own(y), own(w), true);
      expect(slope[c]).toBeCloseTo(ownSlope, 5);
      expect(offset[c]).toBeCloseTo(ownOffset, 5);
      expect(Math.abs(slope[c] - lines[c][0])).toBeLessThan(0.15);
      expect(Math.abs(offset[c] - lines[c][1])).toBeLessThan(0.25);
    }
  });

  it('full pooling, and a slice without answers at any strength, give the line of all answers', () => {
    for (const { slope, offset, pooled } of [fitAt(Number.POSITIVE_INFINITY), fitAt(1e12)]) {
      expect([...slope, pooled.slope]).toEqual(Array(5).fill(expect.closeTo(a, 6)));
      expect([...offset, pooled.offset]).toEqual(Array(5).fill(expect.closeTo(b, 6)));
    }
    expect(fitAt(1).slope[3]).toBe(fitAt(1).pooled.slope);
  });

  it('stronger pooling moves lines closer to the line of all answers', () => {
    const away = [1, 16, 256, 4096].map((strength) => {
      const { slope, offset } = fitAt(strength);
      return [0, 1, 2].reduce((sum, c) => sum + (slope[c] - a) ** 2 + (offset[c] + slope[c] - b - a) ** 2, 0);
    });
    expect(away.every((distance, i) => i === 0 || distance < away[i - 1])).toBe(true);
    expect(away[0]).toBeGreaterThan(10 * away[3]);
  });

  it('the scale of the logits does not matter: scaled by 10, the probabilities are the same', () => {
    const wide = sliceLinesFitter(
      logits.map((z) => z * 3),
      y,
      w,
      slice,
      4,
    )(16);
    const [ours, theirs] = [
      applySliceLines(fitAt(16), logits, slice),
      applySliceLines(
        wide,
        logits.map((z) => z * 3),
        slice,
      ),
    ];
    expect(Math.max(...ours.map((z, i) => Math.abs(sigmoid(z) - sigmoid(theirs[i]))))).toBeLessThan(1e-6);
  });

  it('the graph gives the same, also for unseen slices', async () => {
    const slices = fitAt(16);
    const at = slice.map((c, i) => (i % 5 === 0 ? -1 : c));
    const x = Float32Array.from({ length: 6000 }, (_, i) => (i % 2 === 0 ? logits[i / 2] : at[(i - 1) / 2] + 1));
    const expected = applySliceLines(
      slices,
      Float64Array.from(logits, (z) => Math.fround(z)),
      at,
    );
    const got = await runGraph(
      (graph, both) => {
        const column = (j: number) => graph.op('Gather', [both, graph.ints([j], [])], { axis: 1 });
        return emitSliceLines(graph, slices, column(0), graph.op('Cast', [column(1)], { to: 7 }));
      },
      x,
      2,
    );
    expect(Math.max(...expected.map((z, i) => Math.abs(z - got[i])))).toBeLessThan(3e-6);
  });

  it('any answers give finite, increasing lines', () => {
    const rows = fc.array(
      fc.record({
        z: fc.oneof(fc.double({ min: -9, max: 9, noNaN: true }), fc.constantFrom(-Infinity, Infinity, 1e30)),
        y: fc.double({ min: 0, max: 1, noNaN: true }),
        w: fc.constantFrom(0, 1, 2),
        slice: fc.integer({ min: -1, max: 3 }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(rows, fc.constantFrom(1, 64, Infinity), (list, strength) => {
        const column = (of: (row: (typeof list)[number]) => number) => Float64Array.from(list, of);
        const slices = Int32Array.from(list, (row) => row.slice);
        const fitted = sliceLinesFitter(
          column((row) => row.z),
          column((row) => row.y),
          column((row) => row.w),
          slices,
          4,
        )(strength);
        expect([...fitted.slope, fitted.pooled.slope].every((value) => value >= 1e-3 && value < 1e9)).toBe(true);
        expect([...fitted.offset, fitted.pooled.offset].every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

describe('slices', () => {
  const two = sliceIndexOf([
    { name: 'model', vocabulary: ['a', 'b', 'c'] },
    { name: 'option', vocabulary: ['A', 'B'] },
    { name: 'task', vocabulary: ['t', 'u'] },
  ]);
  const rows = [
    { categories: [1, 2, 1], slice: 4, fitted: 4 }, // 1 + 4·1 − 1
    { categories: [3, 0, 2], slice: 10, fitted: 10 },
    { categories: [0, 1, 2], slice: 7, fitted: -1 }, // the model is unseen: no answers to fit by
    { categories: [0, 1, 0], slice: -1, fitted: -1 },
  ];

  it('by hand: model first, then task; other categories do not count', () => {
    expect(two).toEqual({ strides: [1, 0, 4], count: 11 });
    for (const { categories, slice, fitted } of rows) {
      const padded = Int32Array.of(9, ...categories);
      expect([sliceAt(two, padded, 1), fittedSlice(two, padded, 1)]).toEqual([slice, fitted]);
    }
    expect(sliceIndexOf([])).toEqual({ strides: [], count: 0 });
    expect(sliceIndexOf([{ name: 'task', vocabulary: ['t', 'u'] }])).toEqual({ strides: [1], count: 2 });
  });

  it('the graph gives the same numbers', async () => {
    const got = await runGraph(
      (graph, x) => {
        const slice = emitSlice(graph, two, graph.op('Cast', [x], { to: 7 }));
        return graph.op('Cast', [slice], { to: 1 });
      },
      Float32Array.from(rows.flatMap(({ categories }) => categories)),
      3,
    );
    expect([...got]).toEqual(rows.map(({ slice }) => slice + 1));
  });
});
