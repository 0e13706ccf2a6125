import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkGraph } from '../../../models/bundle/check-graph.js';
import { LAYOUT_KEY } from '../../../models/layout.js';
import { emitModel } from '../../../models/model.js';
import { Graph } from '../../../models/onnx/graph.js';
import { graphParts } from '../../../models/onnx/parts.js';
import { bytes, int, join as joined, string } from '../../../models/onnx/protobuf.js';
import { readModel } from '../../../models/onnx/read.js';
import { operators } from '../../../models/onnx/shapes.js';
import { openScorer } from '../../../scorer/open.js';
import { checkProbability } from '../../../scorer/run-graph.js';
import { sha256 } from '../../../support/digest.js';
import { emittedOperators } from '../../support/emitted-operators.js';
import { everything } from '../../support/every-part.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-graph-'));
const bundle = join(dir, 'b');

beforeAll(() => writeTinyBundle(bundle));
afterAll(() => rmSync(dir, { recursive: true }));

const OUTPUTS = ['logit', 'probability', 'low', 'high', 'shift'];

/** A graph with the inputs and outputs of a tiny bundle, each output made by `make` from the features' sum. */
function graphOf(make: (graph: Graph, sum: string, features: string) => string, names = OUTPUTS): Uint8Array {
  const graph = new Graph('made');
  const features = graph.input('features', 'float32', ['n', 6]);
  graph.input('categories', 'int64', ['n', 1]);
  for (const name of names) {
    const sum = graph.op('ReduceSum', [features, graph.ints([1], [1])], { keepdims: 0 });
    graph.output(name, make(graph, sum, features), 'float32', ['n']);
  }
  return graph.encode();
}

/** Puts a graph into the bundle, its hash made right, and opens it. */
async function open(graph: Uint8Array) {
  const path = join(bundle, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.files['model.onnx'] = sha256(graph);
  manifest.sizes['model.onnx'] = graph.length;
  writeFileSync(join(bundle, 'model.onnx'), graph);
  writeFileSync(path, JSON.stringify(manifest));
  return openScorer(bundle);
}

const refused = (graph: Uint8Array, message: RegExp) =>
  expect(open(graph)).rejects.toMatchObject({ code: 'BUNDLE_BAD', message: expect.stringMatching(message) });

const fine = () => graphOf((graph, sum) => graph.op('Sigmoid', [sum]));

/** A model around a graph's parts, with more fields. */
const wrapped = (graph: Uint8Array, more: Uint8Array[] = []) =>
  joined([int(1, 8), bytes(7, graph), bytes(8, joined([string(1, ''), int(2, 18)])), ...more]);

describe('the graph of a bundle', () => {
  it('is what vouch writes: all parts pass, and operators are exactly those that its code emits', () => {
    const graph = emitModel(everything(), '0');
    checkGraph(graph, 'model.onnx');
    expect([...operators].sort()).toEqual(emittedOperators());
    for (const { type } of graphParts(graph).nodes) expect(operators.has(type)).toBe(true);
  });

  it('opens where it has a Relu, which networks of early versions could have', async () => {
    const scorer = await open(graphOf((graph, sum) => graph.op('Sigmoid', [graph.op('Relu', [sum])])));
    const { probability } = await scorer.scoreFeatures(Float32Array.of(-3, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0));
    expect(Array.from(probability)).toEqual([0.5, Math.fround(1 / (1 + Math.exp(-1)))]);
    await scorer.close();
  });

  it('opens where it is another one of such operators', async () => {
    const scorer = await open(fine());
    const { probability } = await scorer.scoreFeatures(Float32Array.of(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0));
    expect(Array.from(probability)).toEqual([0.5, Math.fround(1 / (1 + Math.exp(-1)))]);
    await scorer.close();
  });

  it.each([
    'Loop',
    'If',
    'Scan',
    'Expand',
    'Range',
    'Tile',
    'ConstantOfShape',
    'RandomNormal',
    'Identity',
    'constructor',
  ])('with the operator %s is refused', (type) =>
    refused(
      graphOf((graph, sum) => graph.op(type, [graph.op('Sigmoid', [sum])])),
      /not one that vouch writes/,
    ),
  );

  it('is refused with a subgraph, a function, external data or an operator of another domain', async () => {
    const out = OUTPUTS.map((name) => bytes(12, string(1, name)));
    const node = joined([string(1, 'features'), string(2, 'y'), string(4, 'Sigmoid')]);
    const body = joined([string(1, 'body'), bytes(6, new Uint8Array()), int(20, 5)]);
    await refused(wrapped(bytes(1, joined([node, bytes(5, body)]))), /vouch does not write/);
    await refused(wrapped(joined([bytes(1, node), ...out]), [bytes(25, string(1, 'f'))]), /vouch does not write/);
    await refused(wrapped(bytes(1, joined([node, string(7, 'com.microsoft')]))), /vouch does not write/);
    const outside = joined([
      int(1, 4),
      int(2, 1),
      string(8, 'w'),
      bytes(13, joined([string(1, 'location'), string(2, '/etc/passwd')])),
      int(14, 1),
    ]);
    await refused(wrapped(bytes(5, outside)), /vouch does not write/);
    await refused(joined([wrapped(bytes(1, node)), bytes(7, new Uint8Array())]), /more than one graph/);
    await refused(new TextEncoder().encode('no graph'), /not the graph of a bundle/);
    await refused(new Uint8Array(), /not the graph of a bundle/);
  });

  it('is refused if constants do not have the size that they claim', () =>
    refused(
      wrapped(bytes(5, joined([int(1, 2 ** 40), int(2, 1), string(8, 'w'), bytes(9, new Uint8Array(4))]))),
      /has 4 bytes/,
    ));

  it('is refused before it runs if its results would fill the memory', async () => {
    const doubled = graphOf((graph, sum, features) => {
      let wide = features;
      for (let i = 0; i < 40; i++) wide = graph.op('Concat', [wide, wide], { axis: 1 });
      return graph.op('Add', [sum, graph.op('ReduceSum', [wide, graph.ints([1], [1])], { keepdims: 0 })]);
    });
    await refused(doubled, /too much memory/);
    const outer = graphOf((graph, sum) => {
      const many = new Float32Array(50_000);
      const square = graph.op('MatMul', [graph.floats(many, [50_000, 1]), graph.floats(many, [1, 50_000])]);
      return graph.op('Add', [sum, graph.op('ReduceSum', [square, graph.ints([0, 1], [2])], { keepdims: 0 })]);
    });
    await refused(outer, /too much memory/);
  });

  it('is refused with other outputs; values that are not probabilities are refused at every call', async () => {
    await refused(
      graphOf((graph, sum) => graph.op('Sigmoid', [sum]), OUTPUTS.slice(1)),
      /its outputs are/,
    );
    await refused(
      graphOf((graph, sum) => graph.op('Sigmoid', [sum]), [...OUTPUTS, 'more']),
      /its outputs are/,
    );
    for (const value of [2, -1]) {
      const scorer = await open(
        graphOf((graph, sum) => graph.op('Add', [graph.op('Mul', [sum, graph.scalar(0)]), graph.scalar(value)])),
      );
      await expect(scorer.score({ id: 'a', answer: 'b' })).rejects.toMatchObject({ code: 'BUNDLE_BAD' });
      await expect(scorer.scoreFeatures(new Float32Array(6))).rejects.toMatchObject({ code: 'BUNDLE_BAD' });
      await scorer.close();
    }
    const whole = await open(
      graphOf((graph, sum) =>
        graph.op('ReduceSum', [graph.op('Sigmoid', [sum]), graph.ints([0], [1])], { keepdims: 0 }),
      ),
    );
    await expect(whole.scoreFeatures(new Float32Array(12))).rejects.toMatchObject({ code: 'BUNDLE_BAD' });
    await whole.close();
    for (const p of [0, 1, 0.5]) checkProbability(p);
    for (const p of [Number.NaN, -1e-9, 1.0000001, Number.POSITIVE_INFINITY])
      expect(() => checkProbability(p)).toThrow('BUNDLE_BAD');
  });

  it.each([
    ['"members":2', '"members":9'],
    ['"members":2', '"members":1e9'],
    ['"hidden":[8]', '"hidden":[9]'],
    ['"vocabularies":[2]', '"vocabularies":[9e99]'],
    ['"columns":[0', '"columns":[99999999'],
    ['{"predictors"', '{"predictors'],
  ])('whose layout says %s as %s is refused', async (said, says) => {
    await writeTinyBundle(bundle);
    const graph = readFileSync(join(bundle, 'model.onnx'));
    const layout = readModel(graph).metadata.get(LAYOUT_KEY)!;
    expect(layout).toContain(said);
    const edited = joined([string(1, LAYOUT_KEY), string(2, layout.replace(said, says))]);
    await refused(joined([graph, bytes(14, edited)]), /cannot be opened/); // the last of a name counts
  });

  it('with any bytes changed it is refused or passes; nothing else happens', () => {
    const graph = fine();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(graph.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const copy = Uint8Array.from(graph);
          for (const [place, byte] of changes) copy[place] = byte;
          try {
            checkGraph(copy, 'x');
          } catch (error) {
            expect(error).toMatchObject({ code: 'BUNDLE_BAD' });
          }
        },
      ),
      { numRuns: 2000, seed: 1 },
    );
  });
});
