import type { Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compileNetworks } from '../../models/networks/compile.js';
import { emitNetworks } from '../../models/networks/emit.js';
import { backward, forward, initMember, parameterShapes } from '../../models/networks/network.js';
import type { Architecture } from '../../models/networks/types.js';
import { random } from '../../support/random.js';
import { logitsOfMember } from '../support/logits-of-member.js';
import { runGraph } from '../support/run-graph.js';
import { tf } from '../support/tf-cpu.js';

const architectures: Architecture[] = [
  { inputs: 5, hidden: [], skip: false },
  { inputs: 5, hidden: [4], skip: false },
  { inputs: 5, hidden: [6, 3], skip: true },
  { inputs: 5, hidden: [6, 3], skip: true, activation: 'relu' },
  { inputs: 5, hidden: [4], skip: false, ensemble: 2 },
  { inputs: 5, hidden: [6, 3], skip: true, ensemble: 3 },
];

/** A member with every parameter away from 0, so that no gradient vanishes by symmetry. */
function filled(architecture: Architecture, seed: string): Float32Array[] {
  const draw = random(seed);
  return initMember(architecture, 0.3, draw).map((part) => part.map((v) => v + 0.3 * draw.normal()));
}

describe.each(architectures)('network $hidden skip=$skip ensemble=$ensemble', (architecture) => {
  const k = architecture.ensemble ?? 1;
  const draw = random('x');
  const rows = 7;
  const x = Float32Array.from({ length: rows * 5 }, () => draw.normal());
  const y = Float32Array.from({ length: rows }, (_, i) => i % 2);
  const member = filled(architecture, 'member');

  it('has the gradients that central differences give', () => {
    const shapes = parameterShapes(architecture);
    const loss = (parameters: Float32Array[]) => {
      const z = tf.tidy(() => {
        const at = parameters.map((part, i) => tf.tensor2d(part, shapes[i]));
        return forward(tf, architecture, at, tf.tensor2d(x, [rows, 5]), []).logit.dataSync() as Float32Array;
      });
      return z.reduce((sum, logit, i) => sum + (Math.log1p(Math.exp(logit)) - y[Math.floor(i / k)] * logit) / rows, 0);
    };
    const gradients = tf.tidy(() => {
      const parameters = member.map((part, k) => tf.tensor2d(part, shapes[k]));
      const pass = forward(tf, architecture, parameters, tf.tensor2d(x, [rows, 5]), []);
      const slope = tf.div(tf.sub(tf.sigmoid(pass.logit), tf.tensor2d(y, [rows, 1])), rows) as Tensor2D;
      return backward({ tf, architecture, parameters, pass, masks: [], slope }).map((g) => g.dataSync());
    });
    const step = 2e-3;
    for (const [k, part] of member.entries()) {
      for (let i = 0; i < part.length; i++) {
        const moved = (by: number) =>
          loss(member.map((p, at) => (at === k ? p.map((v, j) => (j === i ? v + by : v)) : p)));
        const numeric = (moved(step) - moved(-step)) / (2 * step);
        expect(gradients[k][i]).toBeCloseTo(numeric, 3);
      }
    }
  });

  // only a probe has ReLU; its graph is compared in test/models/embeddings/channel.test.ts
  it.skipIf(architecture.activation === 'relu')('gives the mean logit of its members in ONNX', async () => {
    const members = [member, filled(architecture, 'second'), filled(architecture, 'third')];
    const emitted = await runGraph(
      (graph, name) =>
        emitNetworks(graph, compileNetworks([{ architecture, members }], new Float64Array(5).fill(1)), name).logit,
      x,
      5,
    );
    const each = await Promise.all(members.map((m) => logitsOfMember(tf, architecture, m, x)));
    for (let i = 0; i < rows; i++) {
      expect(emitted[i]).toBeCloseTo(each.reduce((sum, z) => sum + z[i], 0) / 3, 5);
    }
  });
});

describe('an ensemble', () => {
  const draw = random('ensemble');
  const x = Float32Array.from({ length: 50 }, () => draw.normal());
  const plain: Architecture = { inputs: 5, hidden: [6, 3], skip: true };
  const ones = [new Float32Array(6).fill(1), new Float32Array(3).fill(1)];

  it('with one member and unit adapters is the plain network', async () => {
    const member = filled(plain, 'one');
    const expected = await logitsOfMember(tf, plain, member, x);
    const z = await logitsOfMember(tf, { ...plain, ensemble: 1 }, [...member, ...ones], x);
    for (let i = 0; i < 10; i++) expect(z[i]).toBeCloseTo(expected[i], 6);
  });

  it('starts with members that differ by the signs of the first adapter only', () => {
    const architecture = { ...plain, ensemble: 8 };
    const member = initMember(architecture, 0.3, draw);
    expect(parameterShapes(architecture)).toEqual([
      [5, 6],
      [8, 6],
      [6, 3],
      [8, 3],
      [8, 3],
      [1, 1],
      [5, 1],
      [8, 6],
      [8, 3],
    ]);
    expect(new Set(member[7])).toEqual(new Set([-1, 1]));
    expect(new Set(member[8])).toEqual(new Set([1]));
    expect(new Set(member[4])).toEqual(new Set([0]));
    expect(member[5][0]).toBeCloseTo(0.3, 6);
  });

  it('drops each unit of each member on its own', () => {
    const architecture = { ...plain, ensemble: 2 };
    const member = filled(architecture, 'dropped');
    const shapes = parameterShapes(architecture);
    const dead = tf.tensor2d(new Float32Array(2 * 10 * 3).fill(0, 0, 30).fill(1, 30), [20, 3]);
    const pass = (masks: (typeof dead | null)[]) => {
      const at = member.map((part, i) => tf.tensor2d(part, shapes[i]));
      return forward(tf, architecture, at, tf.tensor2d(x, [10, 5]), masks).logit.arraySync();
    };
    const masked = pass([null, dead]);
    const whole = pass([]);
    for (let i = 0; i < 10; i++) {
      const straight = x.slice(i * 5, i * 5 + 5).reduce((sum, v, j) => sum + v * member[6][j], member[5][0]);
      expect(masked[i][0]).toBeCloseTo(straight, 5);
      expect(masked[i][1]).toBeCloseTo(whole[i][1], 6);
    }
  });
});
