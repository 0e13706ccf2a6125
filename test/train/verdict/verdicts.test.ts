import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../models/bundle/manifest.js';
import { binomialTail } from '../../../train/certify/binomial-tail.js';
import { type Placed, verdictsOf } from '../../../train/verdict/verdicts.js';

type Claim = Manifest['thresholds'][number];

function claim(id: string, more: Partial<Claim> = {}): Claim {
  return {
    ...{ id, pattern: 'free', signals: [], basis: 'natural', guarantee: 'finite-sample', threshold: 0.8 },
    ...{ alpha: 0.1, delta: 0.05, n: 100, groups: 100, accepted: 80, acceptedGroups: 80, coverage: 0.8 },
    ...{ error: 0.05, method: 'betting' },
    ...more,
  } as Claim;
}

interface Row {
  wrong?: boolean;
  group?: number;
  weight?: number;
  pattern?: string;
  decision?: Placed['decision'];
  why?: Placed['why'];
}

function judge(claims: Claim[], rows: Row[], options: Record<string, unknown> = {}) {
  const data = {
    n: rows.length,
    y: Float64Array.from(rows, ({ wrong = false }) => (wrong ? 0 : 1)),
    w: Float64Array.from(rows, ({ weight = 1 }) => weight),
    group: Int32Array.from(rows, ({ group }, i) => group ?? i),
  };
  const decided = rows.map(
    ({ pattern = 'free', decision = 'accept', why = null }): Placed => ({
      ...{ decision, why, pattern, slice: null, missing: null, claim: null, basis: null, promise: null },
    }),
  );
  return verdictsOf({ thresholds: claims, options }, data, decided);
}

const some = (n: number, wrong: number, row: Row = {}): Row[] =>
  Array.from({ length: n }, (_, i) => ({ ...row, wrong: i < wrong }));

describe('the verdict on a promise', () => {
  it('is kept, broken or open by the exact test', () => {
    // P(Bin(29, .1) ≤ 0) = .047, P(Bin(28, .1) ≤ 0) = .052
    expect(judge([claim('a')], some(29, 0))[0]).toMatchObject({
      ...{ claim: 'a', verdict: 'kept', why: null, answers: 29, accepted: 29, acceptedGroups: 29, needed: null },
      ...{ error: { value: 0, low: 0, high: expect.closeTo(1 - 0.05 ** (1 / 29), 9) } },
      ...{ guarantee: 'finite-sample', brokenTogether: false },
      pvalues: { kept: expect.closeTo(0.9 ** 29, 12), broken: 1 },
    });
    expect(judge([claim('a')], some(28, 0))[0]).toMatchObject({ verdict: 'cannot tell' });
    // P(Bin(20, .1) ≥ 5) = .043, P(Bin(20, .1) ≥ 4) = .133
    const [broken] = judge([claim('a')], some(20, 5));
    expect(broken).toMatchObject({ verdict: 'broken', brokenTogether: true, needed: null });
    expect(broken.pvalues.broken).toBeCloseTo(1 - binomialTail(20, 0.1, 4), 9);
    expect(broken.error.low).toBeGreaterThan(0.1);
    expect(judge([claim('a')], some(20, 4))[0].verdict).toBe('cannot tell');
  });

  it('says how many labels would decide, with the same share accepted', () => {
    const rows = [...some(28, 0), ...some(28, 0, { decision: 'abstain' })];
    const { needed, why } = judge([claim('a')], rows)[0];
    expect(why).toMatch(/within the interval/);
    // one answer pulls the rate to 0.1/29; 29 trials without failure have a chance of .905
    expect(needed).toEqual({ answers: 58, accepted: 29, error: expect.closeTo(0.1 / 29, 12), chance: 0.8 });
    const atTarget = judge([claim('a')], some(100, 10))[0];
    expect(atTarget).toMatchObject({ verdict: 'cannot tell', needed: null });
  });

  it('counts what the promise covers and nothing else', () => {
    const rows = [
      ...some(29, 0),
      ...some(50, 50, { why: 'unseen model' }),
      ...some(50, 50, { decision: 'abstain' }),
      ...some(40, 20, { pattern: 'free+logprobs' }),
    ];
    const [own, other] = judge([claim('a'), claim('b', { pattern: 'free+logprobs' })], rows);
    expect(own).toMatchObject({ verdict: 'kept', answers: 79, accepted: 29 });
    expect(other).toMatchObject({ verdict: 'broken', answers: 40, error: { value: 0.5 } });
  });

  it('gives none for a claim that was not certified, and cannot tell where nothing was accepted', () => {
    expect(judge([claim('a', { threshold: null })], some(20, 20))).toEqual([]);
    expect(judge([claim('a')], some(20, 20, { decision: 'abstain' }))[0]).toMatchObject({
      ...{ verdict: 'cannot tell', accepted: 0, needed: null, error: { value: null, low: null, high: null } },
      why: 'none of these answers was accepted under this promise',
    });
  });

  it('takes answers to one question together: five copies are one answer', () => {
    const copies = some(28, 0).flatMap((row, group) => Array.from({ length: 5 }, () => ({ ...row, group })));
    expect(judge([claim('a')], copies)[0]).toMatchObject({ verdict: 'cannot tell', accepted: 140, acceptedGroups: 28 });
    const mixed = some(200, 0).map((_, i) => ({ wrong: i % 50 === 0, group: i >> 1 }));
    expect(judge([claim('a')], mixed)[0]).toMatchObject({ verdict: 'kept', guarantee: 'asymptotic' });
  });

  it('takes weights as they are, but calls nothing kept where few heavy questions decide', () => {
    // worth 280² / (100 + 30 · 36) = 66 questions of equal weight, fewer than 10 / .1
    const rows = [...some(100, 0), ...some(30, 0, { weight: 6 })];
    const [uneven] = judge([claim('a')], rows);
    expect(uneven.pvalues.kept).toBeLessThan(0.01);
    expect(uneven).toMatchObject({ verdict: 'cannot tell', why: expect.stringMatching(/weigh so much more/) });
    expect(uneven.needed?.answers).toBe(Math.ceil((130 * 100) / (280 ** 2 / 1180)));
    const light = [...some(60, 6), ...some(60, 0, { weight: 3 })];
    expect(judge([claim('a')], light)[0].error.value).toBeCloseTo(6 / 240, 12);
  });

  it('judges several promises together for --fail-on', () => {
    const patterns = ['free', 'free+a', 'free+b'];
    const claims = patterns.map((pattern) => claim(pattern, { pattern }));
    // p = .043 for one, the others are kept: broken alone, not together (.05 / 3)
    const rows = [...some(20, 5), ...some(29, 0, { pattern: 'free+a' }), ...some(29, 0, { pattern: 'free+b' })];
    expect(judge(claims, rows).map(({ verdict, brokenTogether }) => [verdict, brokenTogether])).toEqual([
      ['broken', false],
      ['kept', false],
      ['kept', false],
    ]);
    const clear = [...some(20, 8), ...rows.slice(20)];
    expect(judge(claims, clear)[0]).toMatchObject({ verdict: 'broken', brokenTogether: true });
    // with δ divided among the claims, the level for all of them is their sum
    const divided = claims.map((each) => ({ ...each, delta: 0.05 / 3 }));
    expect(judge(divided, clear, { simultaneous: true })[0]).toMatchObject({ verdict: 'broken', brokenTogether: true });
  });
});
