import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { comparedMeasures } from '../../../train/verdict/against.js';

const n = 400;
const draw = random('pair');
const good = Float64Array.from({ length: n }, () => draw.next());
const label = good.map((p) => (draw.next() < p ? 1 : 0));
const noise = good.map(() => draw.next());
const answers = { label, weight: new Float64Array(n).fill(1), group: Int32Array.from({ length: n }, (_, i) => i >> 1) };
const accepts = (p: Float64Array, from: number) => p.map((x) => (x >= from ? 1 : 0));
const side = (probability: Float64Array, from: number) => ({ probability, accepts: accepts(probability, from) });
const named = (ours: ReturnType<typeof side>, theirs: ReturnType<typeof side>) =>
  new Map(
    comparedMeasures({ answers, ours, theirs, resamples: 300, random: random(1) }).map((each) => [each.name, each]),
  );

describe('two bundles on the same answers', () => {
  it('differ in what they accept and in every metric, by their values', () => {
    const measures = named(side(good, 0.8), side(noise, 0.5));
    expect([...measures.keys()].slice(0, 2)).toEqual(['coverage', 'acceptedError']);
    for (const name of ['auroc', 'auprcErrors', 'brier', 'ece', 'smoothEce', 'logLoss'])
      expect(measures.has(name)).toBe(true);
    const share = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / n;
    const coverage = measures.get('coverage')!;
    expect(coverage.ours.value).toBeCloseTo(share(accepts(good, 0.8)), 12);
    expect(coverage.difference.value).toBeCloseTo(share(accepts(good, 0.8)) - share(accepts(noise, 0.5)), 12);
    expect(coverage.winner).toBe('theirs');
    const wrong = label.filter((y, i) => y === 0 && good[i] >= 0.8).length;
    const error = measures.get('acceptedError')!;
    expect(error.ours.value).toBeCloseTo(wrong / accepts(good, 0.8).filter((a) => a === 1).length, 12);
    expect(error.winner).toBe('ours');
    expect(measures.get('auroc')!).toMatchObject({ winner: 'ours', better: 'higher' });
    expect(measures.get('brier')!).toMatchObject({ winner: 'ours', better: 'lower' });
  });

  it('the same bundle twice differs in nothing, and has no interval where too few questions show it', () => {
    const measures = named(side(good, 0.8), side(good, 0.8));
    for (const { difference, winner } of measures.values()) {
      expect(difference.value).toBe(0);
      expect(winner).toBeNull();
    }
    expect(measures.get('coverage')!.difference).toEqual({ value: 0, low: null, high: null });
    const strict = named(side(good, 0.999), side(good, 0.9985)).get('acceptedError')!;
    expect(strict).toMatchObject({ winner: null, difference: { low: null, high: null } });
  });
});
