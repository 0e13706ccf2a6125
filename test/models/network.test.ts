import type { Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  backward,
  emitNetworks,
  forward,
  initMember,
  parameterShapes,
} from '../../models/networks/network.js';
import { random } from '../../support/random.js';
import { logitsOfMember } from '../../train/loop.js';
import { runGraph } from '../support/run-graph.js';
import { tf } from '../support/tf-cpu.js';

const architectures: Architecture[] = [
  { inputs: 5, hidden: [], activation: 'silu', skip: false },
  { inputs: 5, hidden: [4], activation: 'relu', skip: false },
  { inputs: 5, hidden: [6, 3], activation: 'silu', skip: true },
];

/** A member with every parameter away from 0, so that no gradient vanishes by symmetry. */
function filled(architecture: Architecture, seed: string): Float32Array[] {
  const draw = random(seed);
  return initMember(architecture, 0.3, draw).map((part) => part.map((v) => v + 0.3 * draw.normal()));
}

describe.each(architectures)('network $hidden $activation skip=$skip', (architecture) => {
  const draw = random('x');
  const rows = 7;
  const x = Float32Array.from({ length: rows * 5 }, () => draw.normal());
  const y = Float32Array.from({ length: rows }, (_, i) => i % 2);
  const member = filled(architecture, 'member');

  it('has the gradients that central differences give', async () => {
    const shapes = parameterShapes(architecture);
    const loss = async (parameters: Float32Array[]) => {
      const z = await logitsOfMember(tf, architecture, parameters, x);
      return z.reduce((sum, logit, i) => sum + (Math.log1p(Math.exp(logit)) - y[i] * logit) / rows, 0);
    };
    const gradients = tf.tidy(() => {
      const parameters = member.map((part, k) => tf.tensor2d(part, shapes[k]));
      const pass = forward(tf, architecture, parameters, tf.tensor2d(x, [rows, 5]), []);
      const slope = tf.div(tf.sub(tf.sigmoid(pass.logit), tf.tensor2d(y, [rows, 1])), rows) as Tensor2D;
      return backward(tf, architecture, parameters, pass, [], slope).map((g) => g.dataSync());
    });
    const step = 1e-2;
    for (const [k, part] of member.entries()) {
      for (let i = 0; i < part.length; i++) {
        const moved = (by: number) =>
          loss(member.map((p, at) => (at === k ? p.map((v, j) => (j === i ? v + by : v)) : p)));
        const numeric = ((await moved(step)) - (await moved(-step))) / (2 * step);
        expect(gradients[k][i]).toBeCloseTo(numeric, 3);
      }
    }
  });

  it('gives the mean logit of its members in ONNX', async () => {
    const members = [member, filled(architecture, 'second'), filled(architecture, 'third')];
    const emitted = await runGraph(
      (graph, name) => emitNetworks(graph, [{ architecture, members }], name, new Float64Array(5).fill(1)).logit,
      x,
      5,
    );
    const each = await Promise.all(members.map((m) => logitsOfMember(tf, architecture, m, x)));
    for (let i = 0; i < rows; i++) {
      expect(emitted[i]).toBeCloseTo(each.reduce((sum, z) => sum + z[i], 0) / 3, 5);
    }
  });
});
