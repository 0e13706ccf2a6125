import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degreeUncertainty, spectrumOf } from '../../../features/semantic/graph.js';
import { kernelEntropies } from '../../../features/semantic/kernel-entropy.js';
import { cocoa, semanticDensity, sentenceSar } from '../../../features/semantic/likely.js';
import { TwinGraph } from '../../../features/semantic/twin-graph.js';

const ln = Math.log;
/** A graph of texts in blocks of these sizes: 1 inside a block, 0 between blocks. */
function blocks(...sizes: number[]): { w: Float64Array; n: number } {
  const of = sizes.flatMap((size, block) => Array<number>(size).fill(block));
  const n = of.length;
  return { w: Float64Array.from({ length: n * n }, (_, at) => (of[Math.floor(at / n)] === of[at % n] ? 1 : 0)), n };
}
const graphOf = (w: Float64Array, n: number, top = 1) => new TwinGraph(n).load(w, n, n, top);
const spectrum = ({ w, n }: { w: Float64Array; n: number }) =>
  spectrumOf(graphOf(w, n), { eigenvalueSum: NaN, eccentricity: NaN });

describe('the graph of texts', () => {
  it.each([
    ['all alike', blocks(4), 1, 0, 0],
    ['none alike', blocks(1, 1, 1, 1), 4, Math.sqrt(3), 3 / 4],
    ['two pairs', blocks(2, 2), 2, 1, 1 / 2],
    ['three and one', blocks(3, 1), 2, 1, 1 - 10 / 16],
    ['one text', blocks(1), 1, 0, 0],
  ])('%s: sum of eigenvalues, eccentricity, degree', (_, graph, sum, eccentricity, degree) => {
    expect(spectrum(graph).eigenvalueSum).toBeCloseTo(sum, 12);
    expect(spectrum(graph).eccentricity).toBeCloseTo(eccentricity, 7);
    expect(degreeUncertainty(graph.w, graph.n)).toBeCloseTo(degree, 14);
  });

  it('two texts of similarity s: D^−½ W D^−½ has the eigenvalues 1 and (1 − s) / (1 + s)', () => {
    const graph = { w: Float64Array.of(1, 0.25, 0.25, 1), n: 2 };
    expect(spectrum(graph).eigenvalueSum).toBeCloseTo(1 + 0.75 / 1.25, 14);
    expect(spectrum(graph).eccentricity).toBeCloseTo(1, 12);
  });

  it('does not depend on the order of texts', () => {
    const cosines = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 36, maxLength: 36 });
    fc.assert(
      fc.property(cosines, fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), (values, order) => {
        const at = (i: number, j: number) => (i === j ? 1 : values[Math.min(i, j) * 6 + Math.max(i, j)]);
        const w = Float64Array.from({ length: 36 }, (_, k) => at(Math.floor(k / 6), k % 6));
        const turned = Float64Array.from({ length: 36 }, (_, k) => at(order[Math.floor(k / 6)], order[k % 6]));
        const [a, b] = [w, turned].map((each) => ({
          sum: spectrum({ w: each, n: 6 }).eigenvalueSum,
          degree: degreeUncertainty(each, 6),
          ...kernelEntropies(graphOf(each, 6), { heat: NaN, matern: NaN }),
        }));
        for (const key of ['sum', 'degree', 'heat', 'matern'] as const) expect(a[key]).toBeCloseTo(b[key], 9);
        expect(a.sum).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(a.sum).toBeLessThanOrEqual(6 + 1e-9);
      }),
      { numRuns: 60 },
    );
  });
});

describe('kernel language entropy', () => {
  const entropy = (p: number) => -(p * ln(p) + (1 - p) * ln(1 - p)) / ln(2);
  const of = (w: Float64Array, n: number) => kernelEntropies(graphOf(w, n, 2), { heat: NaN, matern: NaN });

  it('two texts that mean the same: L has the eigenvalues 0 and 4', () => {
    const { heat, matern } = of(Float64Array.of(2, 2, 2, 2), 2);
    const e = Math.exp(-0.3 * 4);
    expect(heat).toBeCloseTo(entropy((1 + (1 - e) / (1 + e)) / 2), 13);
    // ½ and 1/6 make the kernel ⅓, 1/6, normalised 1 and ½, of trace one ¾ and ¼
    expect(matern).toBeCloseTo(entropy(0.75), 13);
  });

  it('is 1 where nothing is alike, and NaN for one text', () => {
    const { heat, matern } = of(new Float64Array(9), 3);
    expect([heat, matern]).toEqual([1, 1]);
    expect(of(new Float64Array(1), 1)).toEqual({ heat: NaN, matern: NaN });
  });
});

describe('twins', () => {
  /** Texts of a few kinds, with a similarity for each two kinds. */
  const kinds = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 9 });
  const between = fc.array(fc.double({ min: 0, max: 0.95, noNaN: true }), { minLength: 16, maxLength: 16 });

  it('share a node, which changes no measure', () => {
    fc.assert(
      fc.property(kinds, between, (kind, values) => {
        const n = kind.length;
        const at = (i: number, j: number) =>
          kind[i] === kind[j] ? 1 : values[Math.min(kind[i], kind[j]) * 4 + Math.max(kind[i], kind[j])];
        const w = Float64Array.from({ length: n * n }, (_, k) => at(Math.floor(k / n), k % n));
        const joined = graphOf(w, n);
        expect(joined.nodes).toBe(new Set(kind).size);
        // a top that no edge has keeps every text apart
        const apart = new TwinGraph(n).load(w, n, n, 2);
        expect(apart.nodes).toBe(n);
        for (let i = 0; i < n; i++) apart.w[i * n + i] = 1;
        const [a, b] = [joined, apart].map((graph) => ({
          ...spectrumOf(graph, { eigenvalueSum: NaN, eccentricity: NaN }),
          ...kernelEntropies(graph, { heat: NaN, matern: NaN }),
        }));
        for (const key of ['eigenvalueSum', 'heat', 'matern'] as const) expect(a[key]).toBeCloseTo(b[key], 9);
        // an eigenvalue at the threshold may fall on either side of it
        expect(Math.abs(a.eccentricity ** 2 - b.eccentricity ** 2) % 1).toSatisfy(
          (x: number) => x < 1e-6 || x > 1 - 1e-6,
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('measures over likelihoods', () => {
  const sar = (w: Float64Array, ...sums: number[]) => sentenceSar(w, 2, { n: 2, sums: Float64Array.from(sums) });

  it('sentence SAR of two samples', () => {
    const w = Float64Array.of(1, 0.5, 0.5, 1);
    const value = sar(w, ln(0.5), ln(0.25));
    expect(value).toBeCloseTo(-(ln(0.5 + (0.5 * 0.25) / 0.001) + ln(0.25 + (0.5 * 0.5) / 0.001)) / 2, 12);
    // alone, or like nothing else, it is the mean surprise; long texts do not underflow
    expect(sar(Float64Array.of(1, 0, 0, 1), -3000, -1000)).toBeCloseTo(2000, 9);
    expect(sar(w, -1, NaN)).toBeNaN();
  });

  it('semantic density counts each text once, weighted by its likelihood', () => {
    const logprobs = Float64Array.of(ln(0.5), ln(0.5), ln(0.25));
    const near = Float64Array.of(1, 1, 0.2);
    expect(semanticDensity(near, 3, logprobs, (i) => i === 1)).toBeCloseTo((0.5 + 0.25 * 0.2) / 0.75, 14);
    expect(semanticDensity(near, 3, logprobs, () => false)).toBeCloseTo((1 + 0.25 * 0.2) / 1.25, 14);
  });

  it('CoCoA: uncertainty times mean dissimilarity', () => {
    expect(cocoa(2, Float64Array.of(1, 0.5, 0), 3)).toBeCloseTo(1, 14);
    expect(cocoa(NaN, Float64Array.of(1), 1)).toBeNaN();
  });
});
