import { describe, expect, it } from 'vitest';
import { compileShift, emitShift, shiftsOf } from '../../models/shift.js';
import { random } from '../../support/random.js';
import { fitShift } from '../../train/learn/shift.js';
import { runGraph } from '../support/run-graph.js';

describe('shift', () => {
  const draw = random('shift');
  const n = 4000;
  const d = 12;
  const width = d + 3; // the last three are flags and one-hots, which it does not read
  /** Correlated normals: x = common + own, coordinate j with a scale of its own. */
  const rows = (count: number, moved: number) => {
    const x = new Float32Array(count * width);
    for (let i = 0; i < count; i++) {
      const common = draw.normal();
      for (let j = 0; j < d; j++)
        x[i * width + j] = (common + 0.3 * draw.normal() + moved * (j === 0 ? 1 : 0)) * (1 + j / 4);
      for (let j = d; j < width; j++) x[i * width + j] = 100 * draw.normal();
    }
    return x;
  };
  const shift = fitShift(rows(n, 0), width, d, random('directions'));

  it('is about 1 for rows like the fitted ones', () => {
    const values = shiftsOf(shift, rows(n, 0), width);
    const square = values.reduce((sum, v) => sum + v * v, 0) / n;
    // 48 random directions estimate d/d = 1 with a relative standard error of √(2/48) = .2: three of them
    expect(square).toBeGreaterThan(0.4);
    expect(square).toBeLessThan(1.6);
  });

  it('sees an unusual combination that no single signal shows', () => {
    const near = shiftsOf(shift, rows(n, 0), width).sort();
    const moved = shiftsOf(shift, rows(1000, 2), width); // 2 standard deviations of coordinate 0, but 6 of its own part
    const threshold = near[Math.floor(0.95 * n)];
    expect(moved.filter((v) => v > threshold).length).toBeGreaterThan(900);
  });

  it('gives the same in the graph as in TypeScript, in units of its threshold', async () => {
    const own = { ...shift, threshold: 2.5 };
    const x = rows(50, 1);
    const gains = new Float64Array(width).fill(1).fill(3, 0, d);
    const divided = x.map((value, i) => value / gains[i % width]);
    const emitted = await runGraph(
      (graph, input) => emitShift(graph, compileShift(own, gains), input).shift,
      divided,
      width,
    );
    shiftsOf(own, x, width).forEach((value, i) => {
      expect(emitted[i]).toBeCloseTo(value, 3);
    });
  });
});
