import { describe, expect, it } from 'vitest';
import type { Architecture } from '../../../../models/networks/types.js';
import { logLossOfLogit } from '../../../../models/numbers.js';
import { random } from '../../../../support/random.js';
import type { EncodedRows } from '../../../../train/learn/encoded-rows.js';
import { fitMember } from '../../../../train/learn/networks/loop.js';
import { logitsOfMember } from '../../../support/logits-of-member.js';
import { tf } from '../../../support/tf-cpu.js';

/** Right where x0·x1 > 0, nine times in ten: nothing a straight line can see. */
function crossed(n: number, seed: string): EncodedRows {
  const draw = random(seed);
  const x = Float32Array.from({ length: n * 2 }, () => draw.normal());
  const y = Float64Array.from({ length: n }, (_, i) => (x[2 * i] * x[2 * i + 1] > 0 !== draw.next() < 0.1 ? 1 : 0));
  return { x, y, w: new Float64Array(n).fill(1) };
}

describe('the loop', () => {
  const fit = crossed(1200, 'fit');
  const stop = crossed(400, 'stop');
  const options = {
    learningRate: 0.01,
    decay: 0.01,
    batch: 128,
    epochs: 25,
    patience: 10,
    dropout: 0.1,
    averaging: 0.9,
  };
  const plain: Architecture = { inputs: 2, hidden: [12, 8], skip: true };

  it.each([
    ['a plain network', plain],
    ['an ensemble', { ...plain, ensemble: 4 }],
  ])('%s learns a product, and its stopping loss is that of the member it returns', async (_, architecture) => {
    const { member, loss } = await fitMember({
      tf,
      architecture,
      fitRows: fit,
      watch: stop,
      options,
      random: random('loop'),
    });
    const z = await logitsOfMember(tf, architecture, member, stop.x);
    const mean = z.reduce((sum, logit, i) => sum + logLossOfLogit(logit, stop.y[i]) / 400, 0);
    expect(loss).toBeCloseTo(mean, 6);
    expect(loss).toBeLessThan(0.5); // the best any can do is .325, a straight line .693
  });

  it('watches more rows than it takes at a time, each by the member it returns', async () => {
    const many = crossed(8192 + 5, 'many');
    const few = crossed(64, 'few');
    const { member, trail, epochs } = await fitMember({
      tf,
      architecture: plain,
      fitRows: few,
      watch: many,
      options: { ...options, epochs: 1 },
      random: random('many'),
    });
    const z = await logitsOfMember(tf, plain, member, many.x);
    expect(trail[epochs].length).toBe(8197);
    for (const i of [0, 8191, 8192, 8196]) expect(trail[epochs][i]).toBeCloseTo(z[i], 5);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await fitMember({
      tf,
      architecture: { ...plain, ensemble: 2 },
      fitRows: fit,
      watch: stop,
      options: { ...options, epochs: 2 },
      random: random('loop'),
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
