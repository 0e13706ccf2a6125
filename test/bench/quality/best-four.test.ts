import { expect, it } from 'vitest';
import { bestFour } from '../../../bench/quality/best-four.js';

const said = (probability: number[], inner: number | null) => ({
  probability,
  inner,
  chosen: '',
  budget: '',
  seconds: 0,
});

it('averages the logits of the four peers of least inner loss, task by task', () => {
  const peers = [
    [said([0.9], 0.3), said([0.5], 0.9)],
    [said([0.1], 0.4), said([0.5], 0.1)],
    [said([0.8], 0.1), said([0.5], 0.2)],
    [said([0.2], 0.2), said([0.5], 0.3)],
    [said([0.99], 0.5), said([0.8], 0.4)],
    [said([0.99], null), said([0.99], null)],
  ];
  const [first, second] = bestFour(peers);
  expect(first[0]).toBeCloseTo(0.5, 12); // logits ±ln 9, ±ln 4
  expect(second[0]).toBeCloseTo(Math.SQRT2 / (1 + Math.SQRT2), 12); // logits 0, 0, 0, ln 4: their mean is ln √2
});
