import { VouchError } from '../../support/errors.js';
import { type ForeignGraph, readForeign } from '../onnx/foreign.js';
import { type Bert, type BertLayer, type BertSizes, type LayerPart, layerShape } from './bert.js';

/** The names of a layer's arrays in Hugging Face's BertModel, after `encoder.layer.N.`. */
const NAMES: Record<LayerPart, string> = {
  query: 'attention.self.query.weight',
  queryBias: 'attention.self.query.bias',
  key: 'attention.self.key.weight',
  keyBias: 'attention.self.key.bias',
  value: 'attention.self.value.weight',
  valueBias: 'attention.self.value.bias',
  out: 'attention.output.dense.weight',
  outBias: 'attention.output.dense.bias',
  outScale: 'attention.output.LayerNorm.weight',
  outShift: 'attention.output.LayerNorm.bias',
  up: 'intermediate.dense.weight',
  upBias: 'intermediate.dense.bias',
  down: 'output.dense.weight',
  downBias: 'output.dense.bias',
  downScale: 'output.LayerNorm.weight',
  downShift: 'output.LayerNorm.bias',
};

/**
 * Reads a BERT with float32 weights from the graph that PyTorch's exporter makes of Hugging Face's BertModel. The
 * matrices have no names there, so each is found by the bias that is added to its product; the number of heads by the
 * √(hidden / heads) that divides the scores of attention. Error: ENCODER_BAD if the graph is not one of these, which a
 * quantised graph never is. `file` is named in errors.
 */
export function readBert(graph: Uint8Array, file: string): Bert {
  let found: ForeignGraph;
  try {
    found = readForeign(graph);
  } catch (cause) {
    throw new VouchError('ENCODER_BAD', 'this is not an ONNX graph', { file, cause });
  }
  const biased = matricesByBias(found);
  const suffix = 'embeddings.word_embeddings.weight';
  const prefix = [...found.floats.keys()].find((name) => name.endsWith(suffix))?.slice(0, -suffix.length) ?? '';
  const floats = (name: string): Float32Array => {
    const values = found.floats.get(name);
    if (values !== undefined) return values;
    throw new VouchError('ENCODER_BAD', 'this graph is not a BERT with float32 weights', {
      file,
      field: name,
      expected: 'the float32 constants that PyTorch exports of a BertModel',
    });
  };
  const scale = floats(`${prefix}embeddings.LayerNorm.weight`);
  const hidden = scale.length;
  const heads = headsOf(found, hidden, file);
  const inner = floats(`${prefix}encoder.layer.0.${NAMES.upBias}`).length;
  const layers: BertLayer[] = [];
  while (found.floats.has(`${prefix}encoder.layer.${layers.length}.${NAMES.queryBias}`))
    layers.push(layerOf(`${prefix}encoder.layer.${layers.length}.`, { hidden, heads, inner }));
  return {
    ...{ hidden, heads, inner, scale, layers },
    shift: floats(`${prefix}embeddings.LayerNorm.bias`),
    words: floats(prefix + suffix),
    places: floats(`${prefix}embeddings.position_embeddings.weight`),
    types: floats(`${prefix}embeddings.token_type_embeddings.weight`),
  };

  function layerOf(at: string, sizes: BertSizes): BertLayer {
    const arrays = Object.entries(NAMES).map(([part, name]) => {
      const own = at + name;
      const shape = layerShape(part as LayerPart, sizes);
      const values = floats(shape.length === 1 ? own : (biased.get(own.replace(/weight$/, 'bias')) ?? own));
      if (values.length === shape.reduce((product, size) => product * size, 1)) return [part, values] as const;
      const detail = { file, field: own, expected: `[${shape.join(', ')}]`, got: values.length };
      throw new VouchError('ENCODER_BAD', 'this constant of the graph has another size', detail);
    });
    return Object.fromEntries(arrays) as BertLayer;
  }
}

/** The constant that a MatMul multiplies by, for each constant that is added to its result. */
function matricesByBias({ nodes, floats }: ForeignGraph): Map<string, string> {
  const products = new Map(
    nodes.flatMap(({ type, inputs, outputs }) => (type === 'MatMul' ? [[outputs[0], inputs]] : [])),
  );
  const found = new Map<string, string>();
  for (const { type, inputs } of nodes) {
    if (type !== 'Add') continue;
    const bias = inputs.find((name) => floats.has(name));
    const matrix = inputs.flatMap((name) => products.get(name) ?? []).find((name) => floats.has(name));
    if (bias !== undefined && matrix !== undefined) found.set(bias, matrix);
  }
  return found;
}

/** hidden / s², where s is the number that divides (or whose inverse multiplies) a product of two results. */
function headsOf({ nodes, floats }: ForeignGraph, hidden: number, file: string): number {
  const scores = new Set(
    nodes.flatMap(({ type, inputs, outputs }) =>
      type === 'MatMul' && !inputs.some((name) => floats.has(name)) ? outputs : [],
    ),
  );
  for (const { type, inputs } of nodes) {
    if ((type !== 'Div' && type !== 'Mul') || !scores.has(inputs[0])) continue;
    const factor = floats.get(inputs[1])?.[0];
    if (factor === undefined) continue;
    const size = Math.round(type === 'Div' ? factor ** 2 : factor ** -2);
    if (hidden % size === 0) return hidden / size;
  }
  throw new VouchError('ENCODER_BAD', 'the number of attention heads cannot be read from this graph', {
    file,
    expected: 'scores of attention divided by √(hidden / heads), as PyTorch exports a BertModel',
  });
}
