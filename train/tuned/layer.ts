import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import { type BertLayer, type BertSizes, LAYER_PARTS, type LayerPart, layerShape } from '../../models/bert/bert.js';
import { productsOf } from '../../models/networks/products.js';
import type { Tf } from '../../models/networks/types.js';
import { gelu, geluBackward } from './gelu.js';
import { type NormPass, norm, normBackward } from './norm.js';

/** The arrays of one layer on the backend. */
export type LayerTensors = Record<LayerPart, Tensor>;

/** A layer's arrays as tensors. Whoever asks disposes of them. */
export function layerTensors(tf: Tf, sizes: BertSizes, layer: BertLayer): LayerTensors {
  const tensors = LAYER_PARTS.map((part) => [part, tf.tensor(layer[part], layerShape(part, sizes))] as const);
  return Object.fromEntries(tensors) as LayerTensors;
}

/** The result of a layer, and what its backward pass needs; n = b · t. */
export interface LayerPass {
  y: Tensor3D; // [b, t, hidden]
  flat: Tensor2D; // [n, hidden]
  query: Tensor4D; // [b, heads, t, size]
  key: Tensor4D;
  value: Tensor4D;
  shares: Tensor4D; // [b, heads, t, t]
  seen: Tensor2D; // [n, hidden]
  middle: NormPass; // [n, hidden]
  before: Tensor2D; // [n, inner]
  phi: Tensor2D;
  inner: Tensor2D;
  last: NormPass; // [n, hidden]
}

/**
 * One layer: attention over the tokens, then two dense layers, each with its sum and its normalisation. `masked` is 0
 * for a token and −1e9 for padding. Source: Vaswani et al. 2017, eq. 1 and 2 (with GELU, Devlin et al. 2019).
 */
export function layerForward(
  tf: Tf,
  { hidden, heads }: BertSizes,
  layer: LayerTensors,
  x: Tensor3D, // [b, t, hidden]
  masked: Tensor4D, // [b, 1, 1, t]
): LayerPass {
  const [b, t] = x.shape;
  const size = hidden / heads;
  const products = productsOf(tf);
  const dense = (input: Tensor2D, weights: LayerPart, bias: LayerPart) =>
    products.dense(input, layer[weights] as Tensor2D, tf.reshape(layer[bias], [1, -1]) as Tensor2D);
  const perHead = (input: Tensor2D) => tf.transpose(tf.reshape(input, [b, t, heads, size]), [0, 2, 1, 3]) as Tensor4D;
  const flat = tf.reshape(x, [b * t, hidden]) as Tensor2D;
  const query = perHead(dense(flat, 'query', 'queryBias'));
  const key = perHead(dense(flat, 'key', 'keyBias'));
  const value = perHead(dense(flat, 'value', 'valueBias'));
  const scores = tf.mul(tf.matMul(query, key, false, true), 1 / Math.sqrt(size));
  const shares = tf.softmax(tf.add(scores, masked)) as Tensor4D;
  const seen = together(tf, tf.matMul(shares, value)); // (1)
  const middle = norm(tf, tf.add(dense(seen, 'out', 'outBias'), flat), layer.outScale, layer.outShift);
  const before = dense(middle.y, 'up', 'upBias');
  const { y: inner, share: phi } = gelu(tf, before);
  const sum = tf.add(dense(inner, 'down', 'downBias'), middle.y) as Tensor2D; // (2)
  const last = norm(tf, sum, layer.downScale, layer.downShift);
  const y = tf.reshape(last.y, [b, t, hidden]) as Tensor3D;
  return { y, flat, query, key, value, shares, seen, middle, before, phi, inner, last };
}

/**
 * ∂loss/∂x and ∂loss/∂parts of a layer from `slope` = ∂loss/∂y: the reverse of `layerForward`, line by line. Written by
 * hand, because tfjs-core in Node has no gradients registered, and transposes are slow in WebAssembly.
 */
export function layerBackward(
  tf: Tf,
  layer: LayerTensors,
  pass: LayerPass,
  slope: Tensor3D, // [b, t, hidden]
): { x: Tensor3D; parts: LayerTensors } {
  const { flat, query, key, value, shares, seen, middle, before, phi, inner, last } = pass;
  const { inner: transposedTimes, outer: timesTransposed, columnSums } = productsOf(tf);
  const parts: Partial<LayerTensors> = {};
  /** Of a dense layer: notes the slopes of its matrix and bias, and gives that of its input. */
  const dense = (input: Tensor2D, weights: LayerPart, bias: LayerPart, own: Tensor2D): Tensor2D => {
    parts[weights] = transposedTimes(input, own);
    parts[bias] = tf.reshape(columnSums(own), [-1]) as Tensor1D;
    return timesTransposed(own, layer[weights] as Tensor2D);
  };
  const ofLast = normBackward(tf, last, layer.downScale, tf.reshape(slope, flat.shape) as Tensor2D);
  parts.downScale = ofLast.scale;
  parts.downShift = ofLast.shift;
  const ofInner = geluBackward(tf, before, phi, dense(inner, 'down', 'downBias', ofLast.x));
  const toMiddle = tf.add(ofLast.x, dense(middle.y, 'up', 'upBias', ofInner)) as Tensor2D;
  const ofMiddle = normBackward(tf, middle, layer.outScale, toMiddle);
  parts.outScale = ofMiddle.scale;
  parts.outShift = ofMiddle.shift;

  const [b, heads, t, size] = query.shape;
  const toSeen = tf.reshape(dense(seen, 'out', 'outBias', ofMiddle.x), [b, t, heads, size]);
  const ofSeen = tf.transpose(toSeen, [0, 2, 1, 3]) as Tensor4D; // [b, heads, t, size]
  const ofShares = tf.matMul(ofSeen, value, false, true); // [b, heads, t, t]
  const inward = tf.sub(ofShares, tf.sum(tf.mul(ofShares, shares), -1, true));
  const ofScores = tf.mul(tf.mul(shares, inward), 1 / Math.sqrt(size)) as Tensor4D;
  const ofQuery = together(tf, tf.matMul(ofScores, key));
  const ofKey = together(tf, tf.matMul(ofScores, query, true, false));
  const ofValue = together(tf, tf.matMul(shares, ofSeen, true, false));
  const x = tf.addN([
    ofMiddle.x,
    dense(flat, 'query', 'queryBias', ofQuery),
    dense(flat, 'key', 'keyBias', ofKey),
    dense(flat, 'value', 'valueBias', ofValue),
  ]);
  return { x: tf.reshape(x, slope.shape), parts: parts as LayerTensors };
}

/** The heads side by side again: [b, heads, t, size] → [b · t, heads · size]. */
function together(tf: Tf, x: Tensor4D): Tensor2D {
  const [b, heads, t, size] = x.shape;
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [b * t, heads * size]) as Tensor2D;
}
