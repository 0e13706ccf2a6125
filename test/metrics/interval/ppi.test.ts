import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ppiMean } from '../../../metrics/interval/ppi.js';
import { studentQuantile } from '../../../metrics/special/student.js';
import { random } from '../../../support/random.js';

/** Made by test/fixtures/make/suspect.py with ppi-python and scipy. */
const peers = JSON.parse(readFileSync(new URL('../../fixtures/metrics/suspect.json', import.meta.url), 'utf8'));
const NAN = Number.NaN;

interface Case {
  human: number[];
  automatic: number[];
  unchecked: number[];
  given: Record<string, [number, number, number]>;
  tuned: [number, number];
}

describe.each(peers.ppi as Case[])(
  'prediction-powered mean, set %#',
  ({ human, automatic, unchecked, given, tuned }) => {
    const graded = {
      human: Float64Array.from([...human, ...unchecked.map(() => NAN)]),
      automatic: Float64Array.from([...automatic, ...unchecked]),
    };
    /** Their standard error has no g/(g − 1). */
    const theirs = Math.sqrt((human.length - 1) / human.length);

    it.each(['0', '0.5', '1'])('ppi-python at λ = %s: value and standard error to 1e-9', (lambda) => {
      const [value, low, high] = given[lambda];
      const { mean, error } = ppiMean(graded, { level: 0.95, lambda: Number(lambda) });
      expect(mean.value).toBeCloseTo(value, 9);
      expect(2 * 1.959963984540054 * error * theirs).toBeCloseTo(high - low, 9);
    });

    it('tunes λ so that the interval is no wider than theirs, by a plug-in that differs by less than .05 in width', () => {
      const { error, lambda } = ppiMean(graded, { level: 0.95 });
      const width = 2 * 1.959963984540054 * error * theirs;
      expect(width).toBeLessThanOrEqual(tuned[1] - tuned[0] + 1e-9);
      expect(width / (tuned[1] - tuned[0])).toBeGreaterThan(0.95);
      for (const other of [0, 0.25, 0.5, 0.75, 1]) {
        expect(error).toBeLessThanOrEqual(ppiMean(graded, { level: 0.95, lambda: other }).error + 1e-12);
      }
      expect(lambda).toBeGreaterThan(0);
    });
  },
);

describe('prediction-powered mean by hand', () => {
  // Checked: people 1 1 0 1, machine 1 0 0 1; unchecked: machine 1 1 0 0 1 0.
  const graded = {
    human: Float64Array.from([1, 1, 0, 1, NAN, NAN, NAN, NAN, NAN, NAN]),
    automatic: Float64Array.from([1, 0, 0, 1, 1, 1, 0, 0, 1, 0]),
  };

  it('λ = 1: mean of the unchecked + mean of what people add, 1/2 + 1/4', () => {
    const { mean, error } = ppiMean(graded, { level: 0.95, lambda: 1 });
    expect(mean.value).toBeCloseTo(0.75, 12);
    // Var of f over unchecked 1/4 / 6, of y − f over checked 3/16 / 4, times 4/3.
    expect(error).toBeCloseTo(Math.sqrt((1 / 24 + 3 / 64) * (4 / 3)), 12);
  });

  it('λ = 0: people alone', () => {
    expect(ppiMean(graded, { level: 0.95, lambda: 0 }).mean.value).toBeCloseTo(0.75, 12);
    expect(ppiMean(graded, { level: 0.95, lambda: 0 }).error).toBeCloseTo(Math.sqrt(((3 / 64) * 4) / 3), 12);
  });

  it('rows of a question count once: doubling every row within its question changes nothing', () => {
    const twice = (values: Float64Array) => Float64Array.from({ length: 20 }, (_, i) => values[i >> 1]);
    const group = Int32Array.from({ length: 20 }, (_, i) => i >> 1);
    const doubled = ppiMean({ human: twice(graded.human), automatic: twice(graded.automatic), group }, { level: 0.95 });
    const single = ppiMean(graded, { level: 0.95 });
    expect(doubled.mean.value).toBeCloseTo(single.mean.value!, 12);
    expect(doubled.error).toBeCloseTo(single.error, 12);
    expect(doubled.lambda).toBeCloseTo(single.lambda, 12);
  });

  it('weight 2 equals the row twice in its question', () => {
    const weight = Float64Array.from([2, 1, 1, 1, 2, 1, 1, 1, 1, 1]);
    const rows = [0, 0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9];
    const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
    const group = Int32Array.from(rows);
    const a = ppiMean({ ...graded, weight }, { level: 0.95 });
    const b = ppiMean({ human: take(graded.human), automatic: take(graded.automatic), group }, { level: 0.95 });
    expect(a.mean.value).toBeCloseTo(b.mean.value!, 12);
    expect(a.error).toBeCloseTo(b.error, 12);
  });

  it('all checked: the mean of people; one checked question: no interval', () => {
    const all = { human: Float64Array.of(1, 0, 1, 1), automatic: Float64Array.of(0, 0, 0, 0) };
    expect(ppiMean(all, { level: 0.95 })).toMatchObject({ mean: { value: 0.75 }, lambda: 0 });
    const one = { human: Float64Array.of(1, NAN, NAN), automatic: Float64Array.of(1, 1, 0) };
    expect(ppiMean(one, { level: 0.95 }).mean).toMatchObject({ low: null, high: null });
  });

  it('half-rows keep the interval wider than 0 if few checks never disagree', () => {
    const human = Float64Array.from({ length: 230 }, (_, i) => (i < 30 ? 1 : NAN));
    const automatic = new Float64Array(230).fill(1);
    const pseudo = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const;
    expect(ppiMean({ human, automatic }, { level: 0.95 }).error).toBe(0);
    // λ = 1: half a row that people call wrong and half one that the machine does, as one of 30 would.
    expect(ppiMean({ human, automatic }, { level: 0.95, pseudo, lambda: 1 }).error).toBeCloseTo(
      Math.sqrt((1 / 900) * (30 / 29)),
      12,
    );
    // λ = 1/2 is best: squares 1/4, 1, 1/4, halved.
    expect(ppiMean({ human, automatic }, { level: 0.95, pseudo }).error).toBeCloseTo(
      Math.sqrt((0.75 / 900) * (30 / 29)),
      12,
    );
  });
});

/**
 * A grader that errs on 15% of answers, calling right ones wrong above all: 250 questions of four rows, shares right that differ
 * by question, 60 questions checked by people. Counts how often each 95% interval holds the true share.
 */
function coverage(draws: number) {
  const held = { both: 0, people: 0, machine: 0 };
  const width = { both: 0, people: 0 };
  const draw = random('ppi');
  const truth = 0.7;
  for (let d = 0; d < draws; d++) {
    const n = 1000;
    const human = new Float64Array(n).fill(NAN);
    const automatic = new Float64Array(n);
    const group = Int32Array.from({ length: n }, (_, i) => i >> 2);
    let ease = 0;
    for (let i = 0; i < n; i++) {
      if (i % 4 === 0) ease = draw.next() < truth ? 0.9 : 0.7 * (0.1 / 0.3);
      const y = draw.next() < ease ? 1 : 0;
      automatic[i] = draw.next() < (y === 1 ? 0.2 : 0.033) ? 1 - y : y;
      if (i < 240) human[i] = y;
    }
    const mean = truth * 0.9 + (1 - truth) * 0.7 * (0.1 / 0.3);
    const holds = ({ low, high }: { low: number | null; high: number | null }) => Number(low! <= mean && mean <= high!);
    const both = ppiMean({ human, automatic, group }, { level: 0.95 }).mean;
    const people = ppiMean({ human, automatic, group }, { level: 0.95, lambda: 0 }).mean;
    held.both += holds(both);
    held.people += holds(people);
    held.machine += holds(ppiMean({ human: automatic, automatic, group }, { level: 0.95 }).mean);
    width.both += (both.high! - both.low!) / draws;
    width.people += (people.high! - people.low!) / draws;
  }
  return { held, width };
}

describe('1,000 draws with a biased grader', () => {
  const { held, width } = coverage(1000);

  it('both graders: the 95% interval contains the truth in at least 92% of draws', () => {
    expect(held.both).toBeGreaterThanOrEqual(920);
    expect(held.people).toBeGreaterThanOrEqual(920);
  });

  it('the automatic grader alone: almost never', () => {
    expect(held.machine).toBeLessThan(20);
  });

  it('both graders give an interval at least a fifth narrower than people alone', () => {
    expect(width.both / width.people).toBeLessThan(0.8);
  });
});

it("Student's t agrees with scipy", () => {
  for (const [q, freedom, t] of peers.student) {
    expect(Math.abs(studentQuantile(q, freedom) - t)).toBeLessThan(freedom < 15 ? 1e-3 : 1e-4);
  }
});
