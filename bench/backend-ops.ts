/**
 * Cost of single tfjs operations on a backend: which are slow, what one call costs, and whether fusing and stacking
 * help. The shape of the training loop follows from these numbers. `npx tsx bench/backend-ops.ts [--backend wasm]
 * [--seconds .2] [--only text]`
 */
import { parseArgs } from 'node:util';
import type { Tensor } from '@tensorflow/tfjs-core';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import type { BackendRequest } from '../train/backend/rung.js';
import { machine } from './venv.js';

const { values: flags } = parseArgs({
  options: {
    backend: { type: 'string', default: 'wasm' },
    seconds: { type: 'string', default: '0.2' },
    only: { type: 'string', default: '' },
  },
});
const { tf, said } = await openBackend(flags.backend as BackendRequest);
const draw = random('backend-ops');

/** A tensor of normal numbers that is never disposed of. */
function some(...shape: number[]): Tensor {
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => draw.normal());
  return tf.keep(tf.tensor(values, shape));
}

/** Median time of one call in µs, measured in batches because of the clock's resolution. Results are disposed of. */
function microseconds(run: () => unknown, seconds: number): number {
  const once = () => tf.dispose(run() as Tensor);
  const warm = performance.now() + 300 * seconds;
  let calls = 0;
  for (; performance.now() < warm; calls++) once();
  const batch = Math.max(1, Math.round(calls / 10));
  const laps: number[] = [];
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end || laps.length < 5) {
    const start = performance.now();
    for (let i = 0; i < batch; i++) once();
    laps.push((1000 * (performance.now() - start)) / batch);
  }
  return laps.sort((a, b) => a - b)[laps.length >> 1];
}

function section(title: string, cases: Record<string, () => unknown>): void {
  if (!title.includes(flags.only)) return;
  console.log(`\n| ${title} | µs |\n| --- | ---: |`);
  for (const [name, run] of Object.entries(cases)) {
    const time = microseconds(run, Number(flags.seconds));
    console.log(`| ${name} | ${time < 100 ? time.toPrecision(2) : time.toFixed(0)} |`);
  }
}

type Both = (a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean) => Tensor;
const mm = tf.matMul as Both;
const turned = (x: Tensor, order?: number[]) => tf.transpose(x, order);

console.log(`# bench/backend-ops: ${machine()}\n${said}`);

const [a8, b8, m24, w42] = [some(8), some(8), some(2, 4), some(4, 2)];
section('overhead of a call: 8 values', {
  'add, with dispose': () => tf.add(a8, b8),
  'add inside tidy': () => tf.tidy(() => tf.add(a8, b8)),
  'mul by a number': () => tf.mul(a8, 0.9),
  relu: () => tf.relu(a8),
  sum: () => tf.sum(a8),
  reshape: () => tf.reshape(a8, [2, 4]),
  'transpose [2,4]': () => turned(m24),
  'matMul [2,4]·[4,2]': () => mm(m24, w42),
  'tensor1d of 8 numbers': () => tf.tensor1d(new Float32Array(8)),
});

for (const [n, d, h] of [
  [1024, 40, 128],
  [1024, 128, 64],
  [1000, 128, 64],
  [256, 64, 64],
  [1024, 64, 1],
]) {
  const [x, w, dy, bias, ones] = [some(n, d), some(d, h), some(n, h), some(h), some(1, n)];
  const fused = (activation?: 'relu') => tf.fused.matMul({ a: x as never, b: w as never, bias, activation });
  section(`dense layer [${n},${d}]·[${d},${h}]`, {
    'forward matMul': () => mm(x, w),
    'forward matMul, add bias, relu': () => tf.tidy(() => tf.relu(tf.add(mm(x, w), bias))),
    'forward fused.matMul with bias and relu': () => fused('relu'),
    'forward fused.matMul with bias': () => fused(),
    'dW by transposeA': () => mm(x, dy, true, false),
    'dW by an explicit transpose': () => tf.tidy(() => mm(turned(x), dy)),
    'dW of a fresh dy (packed anew)': () => tf.tidy(() => mm(turned(x), tf.mul(dy, w.size))),
    'transpose of x': () => turned(x),
    'dX by transposeB': () => mm(dy, w, false, true),
    'dX by an explicit transpose': () => tf.tidy(() => mm(dy, turned(w))),
    'db by sum over rows': () => tf.sum(dy, 0),
    'db by ones · dy, dy packed': () => mm(ones, dy),
    'db by ones · dy, dy fresh': () => tf.tidy(() => mm(ones, tf.relu(dy))),
  });
  tf.dispose([x, w, dy, bias, ones]);
}

const [x3, w3, x1, x2, wide, one, dy3] = [
  some(4, 256, 40),
  some(4, 40, 64),
  some(1, 256, 40),
  some(256, 40),
  some(40, 256),
  some(40, 64),
  some(4, 256, 64),
];
section('four members, [256,40]·[40,64] each', {
  'stacked [4,256,40]·[4,40,64]': () => mm(x3, w3),
  'stacked and broadcast [1,256,40]·[4,40,64]': () => mm(x1, w3),
  'four times two-dimensional': () => tf.tidy(() => [mm(x2, one), mm(x2, one), mm(x2, one), mm(x2, one)]),
  'side by side [256,40]·[40,256]': () => mm(x2, wide),
  'dW stacked, explicit transpose': () => tf.tidy(() => mm(turned(x3, [0, 2, 1]), dy3)),
});

const [a, b, row, column, positive] = [
  some(1024, 128),
  some(1024, 128),
  some(128),
  some(1024, 1),
  tf.keep(tf.abs(some(1024, 128))),
];
const mask = tf.keep(tf.greater(a, 0));
section('elementwise on [1024,128]', {
  add: () => tf.add(a, b),
  mul: () => tf.mul(a, b),
  div: () => tf.div(a, b),
  'add a row [128]': () => tf.add(a, row),
  'mul by a column [1024,1]': () => tf.mul(a, column),
  square: () => tf.square(a),
  'pow 2': () => tf.pow(a, 2),
  sqrt: () => tf.sqrt(positive),
  relu: () => tf.relu(a),
  step: () => tf.step(a),
  greater: () => tf.greater(a, b),
  where: () => tf.where(mask, a, b),
  maximum: () => tf.maximum(a, b),
  clipByValue: () => tf.clipByValue(a, -1, 1),
  sigmoid: () => tf.sigmoid(a),
  'silu as x · sigmoid(x)': () => tf.tidy(() => tf.mul(a, tf.sigmoid(a))),
  tanh: () => tf.tanh(a),
  'tanh as 2 sigmoid(2x) − 1': () => tf.tidy(() => tf.sub(tf.mul(tf.sigmoid(tf.mul(a, 2)), 2), 1)),
  exp: () => tf.exp(a),
  log: () => tf.log(positive),
  softplus: () => tf.softplus(a),
  isNaN: () => tf.isNaN(a),
  'sum of all': () => tf.sum(a),
  'sum over rows': () => tf.sum(a, 0),
  'sum over columns': () => tf.sum(a, 1),
});

const [all, index] = [some(20_000, 40), tf.tensor1d(Int32Array.from({ length: 1024 }, (_, i) => (i * 7919) % 20_000))];
const source = new Float32Array(20_000 * 40);
const picked = tf.keep(tf.cast(index, 'int32')) as never;
const gatherHere = () => {
  const out = new Float32Array(1024 * 40);
  for (let i = 0; i < 1024; i++) out.set(source.subarray(((i * 7919) % 20_000) * 40).subarray(0, 40), i * 40);
  return tf.tensor2d(out, [1024, 40]);
};
const read = () => {
  const result = tf.relu(a);
  result.dataSync();
  return result;
};
section('data in and out', {
  'gather 1024 rows of 40 by tf.gather': () => tf.gather(all, picked),
  'gather 1024 rows of 40 in TypeScript, upload': gatherHere,
  'slice 1024 rows of 40': () => tf.slice(all, [1024, 0], [1024, 40]),
  'relu and dataSync of [1024,128]': read,
  'randomUniform [1024,128]': () => tf.randomUniform([1024, 128], 0, 1, 'float32', 3),
  'dropout [1024,128]': () => tf.dropout(a, 0.2),
});

const [p, g, m, v] = [some(13_633), some(13_633), some(13_633), tf.keep(tf.abs(some(13_633)))];
section('AdamW on one vector of 13,633 parameters', {
  'tfjs operations': () =>
    tf.tidy(() => {
      const first = tf.add(tf.mul(m, 0.9), tf.mul(g, 0.1));
      const second = tf.add(tf.mul(v, 0.999), tf.mul(tf.square(g), 0.001));
      const update = tf.div(tf.mul(first, 0.002), tf.add(tf.sqrt(second), 1e-8));
      return [first, second, tf.sub(tf.mul(p, 0.9999), update)];
    }),
});
process.exit(0);
