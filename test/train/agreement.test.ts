import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { calibrate } from '../../models/calibrators/list.js';
import { encode, encodedWidth } from '../../models/encoder.js';
import { fitEncoder } from '../../models/fit-encoder.js';
import { emitModel } from '../../models/model.js';
import { initMember } from '../../models/networks/network.js';
import type { Architecture, Network, Tf } from '../../models/networks/types.js';
import { random } from '../../support/random.js';
import { openBackend } from '../../train/backend/ladder.js';
import type { Matrix } from '../../train/prepare/matrix.js';
import { logitsOfMember } from '../support/logits-of-member.js';
import { modelOf } from '../support/model-of.js';

/** tfjs and onnxruntime on the same model: 10,000 random rows, a third of the values missing, every calibrator. */
describe('tfjs and onnxruntime agree', () => {
  const rows = 10_000;
  const d = 40;
  const draw = random('agreement');
  const schema = {
    topK: 5,
    numeric: Array.from({ length: d }, (_, j) => `s${j}@1`),
    categorical: [{ name: 'model', vocabulary: ['a', 'b', 'c'] }],
  };
  const matrix: Matrix = {
    schema,
    numeric: Float32Array.from({ length: rows * d }, (_, i) =>
      draw.next() < 0.33 ? Number.NaN : draw.normal() * 10 ** ((i % 7) - 3),
    ),
    categories: Int32Array.from({ length: rows }, () => draw.int(4)),
  };
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  const encoder = fitEncoder(matrix.numeric, matrix.categories, all, schema);
  const inputs = encodedWidth(encoder);
  const logistic: Architecture = { inputs, hidden: [], skip: false };
  const mlp: Architecture = { inputs, hidden: [64, 64], skip: true };
  const member = (architecture: Architecture, name: string) => {
    const own = draw.fork(name);
    return initMember(architecture, 0.2, own).map((part) => part.map((v) => v + 0.1 * own.normal()));
  };
  const networks = [
    { architecture: logistic, members: [member(logistic, 'l')] },
    { architecture: mlp, members: [0, 1, 2, 3].map((k) => member(mlp, `m${k}`)) },
  ];

  const x = encode(encoder, matrix.numeric, matrix.categories, all);
  const meanLogits = async (tf: Tf, { architecture, members }: Network) => {
    const mean = new Float64Array(rows);
    for (const each of members) {
      const z = await logitsOfMember(tf, architecture, each, x);
      for (let i = 0; i < rows; i++) mean[i] += z[i] / members.length;
    }
    return mean;
  };

  it.each([
    { name: 'none', parameters: [] },
    { name: 'temperature', parameters: [0.8] },
    { name: 'platt', parameters: [1.2, -0.3] },
    { name: 'isotonic', parameters: [-3, 0.05, -1, 0.2, 0.5, 0.55, 0.502, 0.56, 4, 0.97] },
  ])('to 1e-5 on probability with $name', async (calibration) => {
    const { tf } = await openBackend('wasm');
    const logits = new Float64Array(rows);
    for (const network of networks) {
      const z = await meanLogits(tf, network);
      for (let i = 0; i < rows; i++) logits[i] += z[i] / networks.length;
    }
    const expected = calibrate(calibration, logits);
    const session = await InferenceSession.create(
      emitModel(modelOf(schema, { encoder, networks, calibration }), 'test'),
      { logSeverityLevel: 3 },
    );
    const { probability } = await session.run({
      features: new Tensor('float32', matrix.numeric, [rows, d]),
      categories: new Tensor('int64', BigInt64Array.from(matrix.categories, BigInt), [rows, 1]),
    });
    let worst = 0;
    for (let i = 0; i < rows; i++)
      worst = Math.max(worst, Math.abs((probability.data as Float32Array)[i] - expected[i]));
    expect(worst).toBeLessThan(1e-5);
    await session.release();
  });
});
