import { describe, expect, it } from 'vitest';
import { readBert } from '../../../models/bert/read.js';
import { Graph } from '../../../models/onnx/graph.js';
import { errorOf } from '../../data/temporary.js';
import { foreignBert } from './foreign-bert.js';
import { tinyBert } from './tiny-bert.js';

describe('readBert', () => {
  it.each(['', 'bert.'])('finds every array and the number of heads, with the prefix "%s"', (prefix) => {
    const bert = tinyBert(3);
    expect(readBert(foreignBert(bert, prefix), 'model.onnx')).toEqual(bert);
  });

  it('refuses a graph that is not a BERT, one without weights, and a file that is not a graph', async () => {
    const graph = new Graph('none');
    graph.output('y', graph.op('Identity', [graph.input('x', 'float32', ['n'])]), 'float32', ['n']);
    for (const content of [graph.encode(), Uint8Array.of(58, 200, 1)]) {
      const error = await errorOf((async () => readBert(content, 'model.onnx'))());
      expect(error).toMatchObject({ code: 'ENCODER_BAD', file: 'model.onnx' });
    }
  });

  it('names the matrix whose bias is missing', async () => {
    const graph = foreignBert(tinyBert(1));
    const text = new TextDecoder('latin1').decode(graph);
    const at = text.lastIndexOf('encoder.layer.0.output.dense.bias');
    expect(at).toBeGreaterThan(0);
    graph.set(new TextEncoder().encode('encoder.layer.0.output.dense.biaz'), at);
    const error = await errorOf((async () => readBert(graph, 'model.onnx'))());
    expect(error).toMatchObject({ code: 'ENCODER_BAD', field: 'encoder.layer.0.output.dense.weight' });
  });
});
