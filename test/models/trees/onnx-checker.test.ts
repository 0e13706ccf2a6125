import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Graph } from '../../../models/onnx/graph.js';
import { emitTrees } from '../../../models/trees/emit.js';
import { python } from '../../support/python.js';

describe('onnx.checker accepts trees', () => {
  let bin: string;
  beforeAll(() => {
    bin = python('onnx', ['onnx==1.19.0']);
  }, 300_000);

  it.each([
    { count: 1, depth: 1 },
    { count: 30, depth: 6 },
  ])('in nine nodes: $count of depth $depth', ({ count, depth }) => {
    const graph = new Graph('test');
    const trees = {
      depth,
      columns: Int32Array.from({ length: count * depth }, (_, k) => k % 3),
      thresholds: Float32Array.from({ length: count * depth }, (_, k) => (k === 0 ? Number.NEGATIVE_INFINITY : k)),
      leaves: new Float32Array(count << depth).fill(0.5),
      bias: 0.25,
      covers: new Float32Array(count << depth),
    };
    const { logit } = emitTrees(graph, trees, graph.input('x', 'float32', ['n', 3]));
    graph.output('logit', logit, 'float32', ['n']);
    const path = join(mkdtempSync(join(tmpdir(), 'vouch-trees-')), 'model.onnx');
    writeFileSync(path, graph.encode());
    const said = JSON.parse(execFileSync(bin, ['test/models/check_onnx.py', path], { encoding: 'utf8' }));
    expect(said).toEqual({ opset: 18, inputs: ['x'], outputs: ['logit'], nodes: 9 });
  });
});
