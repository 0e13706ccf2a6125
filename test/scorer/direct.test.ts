import { execFileSync } from 'node:child_process';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { encodedWidth } from '../../models/encoder.js';
import { fitEncoder } from '../../models/fit-encoder.js';
import { emitModel } from '../../models/model.js';
import { initMember } from '../../models/networks/network.js';
import type { Architecture } from '../../models/networks/types.js';
import { directOf } from '../../scorer/direct/direct.js';
import { random } from '../../support/random.js';
import { modelOf } from '../support/model-of.js';

const rows = 2000;
const d = 37;
const draw = random('direct test');
const schema = {
  topK: 0,
  numeric: Array.from({ length: d }, (_, j) => `s${j}@1`),
  categorical: [
    { name: 'model', vocabulary: ['a', 'b', 'c'] },
    { name: 'task', vocabulary: ['t', 'u'] },
  ],
};
const wild = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -1e-30];
const numeric = Float32Array.from({ length: rows * d }, (_, i) =>
  draw.next() < 0.2 ? wild[draw.int(wild.length)] : draw.normal() * 10 ** ((i % 7) - 3),
);
const categories = Int32Array.from({ length: rows * 2 }, (_, i) => draw.int(i % 2 === 0 ? 4 : 3));
const all = Array.from({ length: rows }, (_, i) => i);
const encoder = fitEncoder(numeric, categories, all, schema);
const inputs = encodedWidth(encoder);

function network(hidden: number[], members: number, more: Partial<Architecture> = {}) {
  const architecture: Architecture = { inputs, hidden, skip: hidden.length > 0, ...more };
  const member = (k: number) => {
    const own = draw.fork(`${hidden} ${k}`);
    return initMember(architecture, 0.2, own).map((part) => part.map((v) => v + 0.1 * own.normal()));
  };
  return { architecture, members: Array.from({ length: members }, (_, k) => member(k)) };
}

describe('the direct way gives the same as the graph', () => {
  const knots = [-3, 0.05, -1, 0.2, 0.5, 0.55, 0.502, 0.56, 4, 0.97];
  it.each([
    ['logistic regression', [network([], 1)], { name: 'none', parameters: [] }],
    ['four members 64-64', [network([64, 64], 4)], { name: 'platt', parameters: [1.1, 0.2] }],
    ['odd widths', [network([5, 33, 7], 2)], { name: 'temperature', parameters: [0.9] }],
    ['a small net, beta', [network([8], 2)], { name: 'beta', parameters: [0.8, 1.3, -0.2] }],
    ['logistic regression, spline', [network([], 1)], { name: 'spline', parameters: [-2, 0, 3, 0.7, 1, 1.3, -1.8] }],
    ['an ensemble of eight', [network([32, 32], 2, { ensemble: 8 })], { name: 'none', parameters: [] }],
    [
      'networks, an ensemble and logistic regression',
      [network([9], 2), network([16, 5], 1, { ensemble: 3 }), network([], 1)],
      { name: 'none', parameters: [] },
    ],
    ['a blend, isotonic', [network([], 1), network([16], 3)], { name: 'isotonic', parameters: knots }],
  ])('%s: to 2e-6 on probability, missing and infinite values too', async (_, networks, calibration) => {
    const bytes = emitModel(modelOf(schema, { encoder, networks, calibration }), 'test');
    const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
    const { probability } = await session.run({
      features: new Tensor('float32', numeric, [rows, d]),
      categories: new Tensor('int64', BigInt64Array.from(categories, BigInt), [rows, 2]),
    });
    await session.release();
    const direct = directOf(bytes, d);
    let worst = 0;
    for (let i = 0; i < rows; i++) {
      direct?.features.set(numeric.subarray(i * d, (i + 1) * d));
      const p = direct?.score(categories.subarray(i * 2, i * 2 + 2)).probability ?? Number.NaN;
      worst = Math.max(worst, Math.abs(p - (probability.data as Float32Array)[i]));
    }
    expect(worst).toBeLessThan(2e-6);
  });

  it('each kernel-bytes.ts is the compiled kernel.ts', { timeout: 300_000 }, () => {
    execFileSync('node', ['support/wasm/build.mjs', '--check'], { stdio: 'pipe' });
  });
});
