import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { chain } from '../../../train/certify/chain.js';
import { curveOf } from '../../../train/certify/chained-coverage.js';

/** A chain over a table of p-values: one row for each α, the gate first. */
const chained = (rows: Record<string, number[]>, delta = 0.06) =>
  chain({
    alphas: Object.keys(rows).map(Number),
    delta,
    candidates: (alpha) => rows[alpha].map((_, step) => step),
    test: (step, { alpha }) => rows[alpha][step],
  });

describe('a chain over three error rates, by hand', () => {
  it('gates alone are each held at the whole δ, largest α first; the first that fails ends the chain', () => {
    expect(chained({ 0.01: [0], 0.05: [0.061], 0.1: [0.06], 0.3: [0.05] })).toEqual([
      { alpha: 0.3, passed: 0, gate: 0.06, loosening: 0 },
      { alpha: 0.1, passed: 0, gate: 0.06, loosening: 0 },
      { alpha: 0.05, passed: null, gate: 0.06, loosening: 0 },
      { alpha: 0.01, passed: null, gate: 0, loosening: 0 },
    ]);
  });

  it('loosening costs δ / 3 at each α where it fails: gates at .06, .04 and .02', () => {
    const links = chained({ 0.3: [0.06, 0.0199, 0.0201], 0.2: [0.0399, 0.0201], 0.1: [0.0199, 0.0199, 0.0199, 0.5] });
    expect(links.map(({ passed }) => passed)).toEqual([1, 0, 2]);
    [0.06, 0.04, 0.02].forEach((gate, k) => {
      expect(links[k].gate).toBeCloseTo(gate, 12);
      expect(links[k].loosening).toBeCloseTo(0.02, 12);
    });
  });

  it('a sequence that passed to its end hands on its share', () => {
    const links = chained({ 0.3: [0.06, 0.0199], 0.2: [0.0599, 0.0301], 0.1: [0.0299, 0.0299] });
    expect(links.map(({ passed }) => passed)).toEqual([1, 0, 1]);
    [0.06, 0.06, 0.03].forEach((gate, k) => {
      expect(links[k].gate).toBeCloseTo(gate, 12);
    });
  });

  it('an α without steps is left out, and takes no share', () => {
    const links = chained({ 0.3: [0.06, 0.0299, 1], 0.2: [], 0.1: [0.0299, 0.0299, 1] });
    expect(links.map(({ passed }) => passed)).toEqual([1, null, 1]);
    expect(links[2].loosening).toBeCloseTo(0.03, 12);
  });

  it('bets aim at the level that is certain beforehand, whatever has been handed on', () => {
    const aims: number[] = [];
    chain({
      alphas: [0.1, 0.2],
      delta: 0.06,
      candidates: () => [0, 1],
      test: (_, { level }) => aims.push(level) * 0,
    });
    [0.06, 0.03, 0.03, 0.03].forEach((aim, k) => {
      expect(aims[k]).toBeCloseTo(aim, 12);
    });
  });

  it('steps are laid out for the level of the looser ones; where none has a chance at it, for that of the gate', () => {
    const asked: [number, number][] = [];
    const links = chain({
      alphas: [0.1, 0.2, 0.3],
      delta: 0.06,
      candidates: (alpha, level) => {
        asked.push([alpha, Math.round(level * 1e6) / 1e6]);
        return alpha === 0.1 || level > 0.03 ? [0, 1] : [];
      },
      test: (step) => (step === 0 ? 0.04 : 1),
    });
    expect(asked.slice(3)).toEqual([
      [0.3, 0.02],
      [0.3, 0.06],
      [0.2, 0.02],
      [0.2, 0.04],
      [0.1, 0.02],
    ]);
    expect(links.map(({ passed }) => passed)).toEqual([0, 0, null]);
  });

  it('no test gets less than Bonferroni would give it', () => {
    const draw = random('levels');
    for (let k = 0; k < 200; k++) {
      const alphas = Array.from({ length: 1 + draw.int(9) }, (_, j) => (j + 1) / 20);
      const rows = Object.fromEntries(
        alphas.map((alpha) => [alpha, Array.from({ length: 1 + draw.int(3) }, () => draw.next() * 0.05)]),
      );
      for (const { gate, loosening } of chained(rows, 0.05)) {
        if (gate > 0) expect(gate).toBeGreaterThanOrEqual(0.05 / alphas.length - 1e-12);
        if (loosening > 0) expect(loosening).toBeGreaterThanOrEqual(0.05 / alphas.length - 1e-12);
      }
    }
  });
});

describe('a curve holds as a whole', () => {
  /** Draws in which some false claim passed; at each α the steps from `from(α)` on are false, with uniform p-values. */
  const falseClaims = (from: (alpha: number) => number, draws = 20000): number => {
    const draw = random('family');
    let broken = 0;
    for (let k = 0; k < draws; k++) {
      let any = false;
      const links = chain({
        alphas: [0.02, 0.05, 0.1, 0.2, 0.3],
        delta: 0.05,
        candidates: () => [0, 1, 2, 3],
        test: (step, { alpha }) => (step < from(alpha) ? 0 : draw.next()),
      });
      for (const { alpha, passed } of links) if (passed !== null && passed >= from(alpha)) any = true;
      if (any) broken++;
    }
    return broken / draws;
  };

  // Three standard errors of .05 over 20,000 draws are .0046.
  it.each([
    ['every claim false', () => 0],
    ['every gate true, every looser step false', () => 1],
    ['false below α = .1', (alpha: number) => (alpha < 0.1 ? 0 : 2)],
    ['all of the larger α true', (alpha: number) => (alpha < 0.1 ? 1 : 4)],
  ])('%s', (_, from) => {
    const found = falseClaims(from);
    expect(found).toBeLessThanOrEqual(0.0546);
    expect(found).toBeGreaterThan(0.04);
  });

  it('what is certified at a smaller α holds at a larger one', () => {
    const link = (alpha: number, passed: number | null) => ({ alpha, passed, gate: 0.05, loosening: 0 });
    const curve = curveOf([link(0.3, 0.5), link(0.2, null), link(0.1, 0.7), link(0.05, null)], (coverage) => ({
      coverage,
      threshold: 1 - coverage,
    }));
    expect(curve.map(({ alpha, coverage }) => [alpha, coverage])).toEqual([
      [0.05, 0],
      [0.1, 0.7],
      [0.2, 0.7],
      [0.3, 0.7],
    ]);
    expect(curve[0]).toEqual({ alpha: 0.05, coverage: 0, threshold: null, indication: false });
    expect(curve[3].threshold).toBeCloseTo(0.3, 12);
  });
});
