import { describe, expect, it } from 'vitest';
import { emitCompiled, emitModel } from '../../models/model.js';
import { readCompiled } from '../../models/read.js';
import { directOf } from '../../scorer/direct/direct.js';
import { categories, d, everything, loadRow, outputsOf, rows, schema } from '../support/every-part.js';

describe('a model read back from its graph', () => {
  const graph = emitModel(everything(), 'test');
  const read = readCompiled(graph, schema)!;

  it('emits a graph with the same outputs to the last bit', async () => {
    const again = emitCompiled(read, 'test');
    expect(await outputsOf(again)).toEqual(await outputsOf(graph));
    expect(Buffer.compare(again, graph)).toBe(0);
  });

  it('gets the same scores directly as from the graph', async () => {
    const { probability } = await outputsOf(emitCompiled(read, 'test'));
    const direct = directOf(emitCompiled(read, 'test'), d)!;
    for (let i = 0; i < rows; i++) {
      loadRow(direct, i);
      expect(Math.abs(direct.score(categories.subarray(2 * i, 2 * i + 2)).probability - probability[i])).toBeLessThan(
        2e-6,
      );
    }
  });

  it('knows its predictors and signals', () => {
    expect(read.patternPredictors.map(({ pattern, predictor }) => [pattern, predictor.signals])).toEqual([
      ['free', ['text.words@1', 'text.chars@1']],
    ]);
    expect(read.main.signals).toEqual(schema.numeric);
  });

  it('is null for a graph without a layout', () => {
    const other = Buffer.from(graph).toString('latin1').replace('vouch.layout', 'other.layout');
    expect(readCompiled(Buffer.from(other, 'latin1'), schema)).toBeNull();
  });
});
