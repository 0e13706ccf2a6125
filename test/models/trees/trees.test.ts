import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../../models/onnx/graph.js';
import { readModel } from '../../../models/onnx/read.js';
import { emitTrees } from '../../../models/trees/emit.js';
import { type RowTrees, readTrees } from '../../../models/trees/read.js';
import { meanOfTrees, onGrid, type Trees } from '../../../models/trees/trees.js';
import { scoringKernel } from '../../../scorer/direct/kernel.js';
import { planTrees } from '../../../scorer/direct/plan-trees.js';
import { Space } from '../../../scorer/direct/space.js';
import { kernelMemory } from '../../../support/wasm/kernel.js';
import { applyTrees } from '../../support/apply-trees.js';
import { runGraph } from '../../support/run-graph.js';

const NO = Number.NEGATIVE_INFINITY;

/** Two trees of depth 2 over three columns, worked by hand. */
const hand: Trees = {
  depth: 2,
  columns: Int32Array.of(0, 1, 2, 2),
  thresholds: Float32Array.of(0.5, NO, 1, 2),
  leaves: Float32Array.of(-1, 1, -0.5, 2, 0, 0.25, 0, 4),
  bias: 0.125,
  covers: Float32Array.of(1, 2, 3, 4, 5, 3, 0, 2),
};
const rows = Float32Array.from(
  [
    [0.5, Number.NaN, 1], // tree 1: no, not recorded: leaf 0, −1; tree 2: 1 > 1 no, no: leaf 0, 0
    [0.75, Number.NaN, 1.5], // yes, not recorded: leaf 1, 1; yes, no: leaf 1, .25
    [0, 7, Number.NaN], // no, recorded: leaf 2, −.5; missing answers no: 0
    [Number.POSITIVE_INFINITY, 0, 3], // yes, recorded: leaf 3, 2; yes, yes: leaf 3, 4
  ].flat(),
);

const float = fc.float({ noNaN: true });
const treesOf = (depth: number, count: number): fc.Arbitrary<Trees> =>
  fc.record({
    depth: fc.constant(depth),
    columns: fc
      .array(fc.nat(3), { minLength: depth * count, maxLength: depth * count })
      .map((all) => Int32Array.from(all)),
    thresholds: fc
      .array(fc.oneof(float, fc.constantFrom(NO, -1, 0, 1)), { minLength: depth * count, maxLength: depth * count })
      .map((all) => Float32Array.from(all)),
    leaves: fc
      .array(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), { minLength: count << depth, maxLength: count << depth })
      .map((all) => Float32Array.from(all, (v) => v / 2 ** 20)),
    bias: fc.double({ min: -4, max: 4, noNaN: true }).map(onGrid),
    covers: fc.constant(new Float32Array(count << depth).fill(1)),
  });
const anyTrees = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 })).chain((of) => treesOf(...of));
const anyRows = fc
  .array(fc.oneof(float, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, NO, 0, 1, -1)), {
    minLength: 20,
    maxLength: 20,
  })
  .map((all) => Float32Array.from(all));

/** The scorer's way: (row [4]) → logit. */
function ofRows(trees: RowTrees): (row: Float32Array) => number {
  const space = new Space();
  const at = space.room(4);
  const plan = planTrees(trees, space, (column) => at + column);
  const memory = kernelMemory(4 * space.size);
  space.fill(memory.buffer);
  const kernel = scoringKernel(memory);
  const { columns, thresholds, leaves, depth, groups } = plan;
  return (row) => {
    new Float32Array(memory.buffer).set(row, at);
    return trees.bias + kernel.trees(4 * columns, 4 * thresholds, 4 * leaves, depth, groups);
  };
}

describe('trees', () => {
  it('give the values computed by hand', () => {
    expect([...applyTrees(hand, rows, 3)]).toEqual([-0.875, 1.375, -0.375, 6.125]);
  });

  it('give the same bits row by row and in the graph, when read back from its constants', async () => {
    await fc.assert(
      fc.asyncProperty(anyTrees, anyRows, async (trees, x) => {
        const expected = [...applyTrees(trees, x, 4)];
        const graph = new Graph('test');
        const { layout } = emitTrees(graph, trees, graph.input('x', 'float32', ['n', 4]));
        const ofRow = ofRows(readTrees(readModel(graph.encode()), layout));
        expect(expected.map((_, i) => ofRow(x.subarray(4 * i, 4 * i + 4)))).toEqual(expected);
        const emitted = await runGraph((to, name) => emitTrees(to, trees, name).logit, x, 4);
        expect([...emitted]).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('average to the mean logit of the members', () => {
    fc.assert(
      fc.property(treesOf(3, 2), treesOf(3, 5), treesOf(3, 1), anyRows, (a, b, c, x) => {
        const mean = applyTrees(meanOfTrees([a, b, c]), x, 4);
        const each = [a, b, c].map((trees) => applyTrees(trees, x, 4));
        mean.forEach((z, i) => {
          expect(z).toBeCloseTo((each[0][i] + each[1][i] + each[2][i]) / 3, 5);
        });
      }),
    );
    expect(() => meanOfTrees([hand, { ...hand, depth: 1 }])).toThrow(RangeError);
  });
});
