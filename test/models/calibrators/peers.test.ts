import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyVennAbers, fitVennAbers } from '../../../bench/interval/venn-abers/fit.js';
import { beta } from '../../../models/calibrators/beta.js';
import type { Calibrator } from '../../../models/calibrators/calibrator.js';
import { isotonic } from '../../../models/calibrators/isotonic.js';
import { platt } from '../../../models/calibrators/platt.js';
import { temperature } from '../../../models/calibrators/temperature.js';

interface Case {
  name: string;
  logit: number[];
  label: number[];
  soft: number[];
  weight: number[];
  whole: number[];
  temperature: number;
  platt: number[];
  plattSoft: number[];
  beta: number[];
  betaSoft: number[];
  betacal: number[];
  isotonic: number[];
  isotonicSoft: number[];
  vennAbers: number[][];
  vennAbersWhole: number[][];
}

/** Made by test/fixtures/make/calibrators.py with scikit-learn, betacal and venn-abers. */
const peers = JSON.parse(readFileSync(new URL('../../fixtures/calibrators/peers.json', import.meta.url), 'utf8'));
const at = Float64Array.from(peers.at as number[]);

describe.each(peers.cases as Case[])('$name: agrees with independent libraries', (peer) => {
  const [z, y, s, w, whole] = [peer.logit, peer.label, peer.soft, peer.weight, peer.whole].map((v) =>
    Float64Array.from(v),
  );
  const one = w.map(() => 1);
  const near = (got: ArrayLike<number>, wanted: number[], within: number) => {
    expect(got.length).toBe(wanted.length);
    for (let i = 0; i < wanted.length; i++) expect(Math.abs(got[i] - wanted[i])).toBeLessThan(within);
  };
  const curve = (calibrator: Calibrator, label: Float64Array, weight: Float64Array) =>
    calibrator.apply(calibrator.fit(z, label, weight), at);

  it('temperature', () => {
    near(temperature.fit(z, y, w), [peer.temperature], 1e-6);
  });

  it('Platt, hard and soft labels', () => {
    near(platt.fit(z, y, w), peer.platt, 1e-6);
    near(platt.fit(z, s, w), peer.plattSoft, 1e-6);
  });

  it('beta solved exactly; betacal, up to where its solver stops', () => {
    near(beta.fit(z, y, w), peer.beta, 1e-5);
    near(beta.fit(z, s, w), peer.betaSoft, 1e-5);
    near(curve(beta, y, one), peer.betacal, 1e-3);
  });

  it('centred isotonic regression, to the rounding of its knots', () => {
    near(curve(isotonic, y, w), peer.isotonic, 2e-6);
    near(curve(isotonic, s, w), peer.isotonicSoft, 2e-6);
  });

  it('Venn–Abers, to float32', () => {
    for (const [weight, wanted] of [
      [one, peer.vennAbers],
      [whole, peer.vennAbersWhole],
    ] as const) {
      const { low, high } = applyVennAbers(fitVennAbers(z, y, weight), at);
      near(
        low,
        wanted.map(([p0]) => p0),
        1e-7,
      );
      near(
        high,
        wanted.map(([, p1]) => p1),
        1e-7,
      );
    }
  });
});
