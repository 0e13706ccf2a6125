import { describe, expect, it } from 'vitest';
import { certify } from '../../library/certify.js';
import { random } from '../../support/random.js';

/** Answers that are all right and all have one score. */
const sure = (n: number) => ({ scores: new Array<number>(n).fill(0.9), labels: new Array<number>(n).fill(1) });

describe('certify', () => {
  it('takes 59 right answers for 5% at 95%: 0.95^59 = 0.0485, and 0.95^58 = 0.0510', () => {
    const plan = sure(100);
    expect(certify({ ...sure(58), plan })).toMatchObject({ threshold: null, coverage: 0, n: 58, error: null });
    expect(certify({ ...sure(59), plan })).toEqual({
      threshold: 0,
      targetError: 0.05,
      confidence: 0.95,
      coverage: 1,
      accepted: 59,
      acceptedGroups: 59,
      error: 0,
      n: 59,
      groups: 59,
      cap: 1,
      guarantee: 'finite-sample',
      method: 'betting on sums by question, fixed sequence',
      groupsNeeded: null,
    });
  });

  it('lays thresholds out on 30% of the questions and certifies on the others, the same for any row order of a question', () => {
    const labels = Array.from({ length: 200 }, () => true);
    const scores = labels.map(() => 0.9);
    const groups = labels.map((_, i) => `q${i >> 1}`);
    expect(certify({ scores, labels, groups })).toMatchObject({
      threshold: 0,
      n: 140,
      groups: 70,
      acceptedGroups: 70,
      cap: 2,
    });
    expect(certify({ scores, labels, groups, planShare: 0.5 })).toMatchObject({ threshold: null, groups: 50 });
  });

  it('takes any scores: log-odds give the threshold that probabilities give, on their scale', () => {
    const draw = random('scale');
    const p = Array.from({ length: 2000 }, () => draw.next());
    const labels = p.map((x) => draw.next() < x);
    const byShare = certify({ scores: p, labels, targetError: 0.2 });
    const byLogit = certify({ scores: p.map((x) => Math.log(x / (1 - x))), labels, targetError: 0.2 });
    expect(byShare.threshold).not.toBeNull();
    expect(byLogit.accepted).toBe(byShare.accepted);
    expect(byLogit.error).toBe(byShare.error);
  });

  it('says how many questions would do where 40 are too few', () => {
    const labels = Array.from({ length: 400 }, (_, i) => (i % 100 === 0 ? 0 : 1));
    const { threshold, groupsNeeded } = certify({ ...sure(40), plan: { scores: labels.map(() => 0.9), labels } });
    expect(threshold).toBeNull();
    expect(groupsNeeded as number).toBeGreaterThan(59);
  });

  it('keeps its promise: of 300 redraws at most δ = 10% break it, whole questions being wrong at once', () => {
    // Scores are true to their word: accepting all four errs in 18.75%, just above the 18% allowed; the best three in 11.7%.
    const words = [0.95, 0.9, 0.8, 0.6];
    const scores = words.flatMap((word) => new Array<number>(10).fill(word));
    const plan = { scores, labels: scores.map((word, i) => ((i % 10) + 0.5 < 10 * word ? 1 : 0)) };
    let certified = 0;
    let broken = 0;
    for (let run = 0; run < 300; run++) {
      const draw = random(`population ${run}`);
      const rows = Array.from({ length: 120 }, (_, group) => {
        const score = words[draw.int(4)];
        return { group, score, label: draw.next() < score ? 1 : 0 };
      }).flatMap((row) => [row, row]);
      const { threshold } = certify({
        scores: rows.map(({ score }) => score),
        labels: rows.map(({ label }) => label),
        groups: rows.map(({ group }) => group),
        ...{ plan, targetError: 0.18, confidence: 0.9, seed: run },
      });
      if (threshold === null) continue;
      certified++;
      if (threshold <= 0.6) broken++;
    }
    expect(certified).toBeGreaterThan(200);
    expect(broken).toBeGreaterThan(0);
    expect(broken).toBeLessThanOrEqual(30);
  });

  it.each([
    [
      { scores: [1], labels: [1, 0] },
      /field "scores": the columns differ in length \(expected 2 values, one per label/,
    ],
    [{ scores: [1, Number.NaN], labels: [1, 0] }, /field "scores\[1\]": .*expected a finite number, got NaN/],
    [{ scores: [1, 1], labels: [1, 2] }, /field "labels\[1\]": .*expected 0 to 1, got 2/],
    [{ scores: [1, 1], labels: [1, 1], targetError: 5 }, /field "targetError": .*got 5.*0\.05.*VOUCH_BAD_USAGE/],
    [{ scores: [], labels: [] }, /VOUCH_NO_LABELS/],
    [{ scores: [1, 1], labels: [1, 1], groups: ['a', 'a'] }, /VOUCH_ONE_GROUP/],
    [{ scores: [1, 1], labels: [1, 1], alpha: 0.1 }, /field "alpha": unknown option/],
  ])('refuses %j', (options, says) => {
    expect(() => certify(options)).toThrow(says);
  });
});
