import { describe, expect, it } from 'vitest';
import { sliceOf } from '../../features/slice.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { cutsOf } from '../../models/costs.js';
import { type Asked, decider } from '../../scorer/decide.js';

type Rules = Pick<Manifest, 'thresholds' | 'decisions'>;
const seen = { alpha: 0.05, delta: 0.05, n: 9, groups: 9, accepted: 5, acceptedGroups: 5, coverage: 0.5 };
const claim = (pattern: string, threshold: number | null, slice?: string): Manifest['thresholds'][number] => ({
  ...seen,
  id: slice === undefined ? pattern : `${pattern}/${slice}`,
  signals: [],
  basis: 'natural',
  guarantee: 'finite-sample',
  pattern,
  threshold,
  slice,
  error: 0,
  method: 'none',
});
const told = (rules: Rules, asked: Asked) => {
  const { decision, why } = decider(rules)(asked);
  return why ?? decision;
};

describe('by pattern', () => {
  const rules: Rules = { thresholds: [claim('free', 0.8), claim('free+samples', null)] };
  it.each([
    [{ pattern: 'free', probability: 0.8 }, 'accept'],
    [{ pattern: 'free', probability: 0.7999 }, 'abstain'],
    [{ pattern: 'free', probability: 1, shifted: true }, 'shifted'],
    [{ pattern: 'free', probability: 1, shifted: true, unseenTask: true }, 'unseen task'],
    [{ pattern: 'free', probability: 0, shifted: true }, 'shifted'],
    [{ pattern: 'free', probability: Number.NaN }, 'no probability'],
    [{ pattern: 'free+samples', probability: 1 }, 'uncertified pattern'],
    [{ pattern: 'free+logprobs', probability: 1 }, 'unknown pattern'],
  ])('%j: %s', (asked, expected) => expect(told(rules, asked)).toBe(expected));
});

describe('by slice', () => {
  const rules: Rules = {
    thresholds: [claim('free', 0.6, 'm1 · qa'), claim('free', null, 'm2 · qa')],
    decisions: { by: 'slice', sliceBy: ['model', 'task'] },
  };
  it.each([
    [{ pattern: 'free', slice: 'm1 · qa', probability: 0.6 }, 'accept'],
    [{ pattern: 'free', slice: 'm1 · qa', probability: 0.5 }, 'abstain'],
    [{ pattern: 'free', slice: 'm2 · qa', probability: 1 }, 'uncertified slice'],
    [{ pattern: 'free', slice: 'm3 · qa', probability: 1 }, 'unknown slice'],
    [{ pattern: 'free+samples', slice: 'm1 · qa', probability: 1 }, 'unknown pattern'],
  ])('%j: %s', (asked, expected) => expect(told(rules, asked)).toBe(expected));

  it('a record names its slice; what it lacks is said', () => {
    const record = { id: '1', answer: 'a', model: 'm1', features: { plan: 'pro', days: 3 } };
    expect(sliceOf(record, ['model', 'task'])).toBe('m1 · (no task)');
    expect(sliceOf(record, ['features.plan', 'features.days'])).toBe('pro · (no features.days)');
  });
});

it('with costs: accept only where certified, else the cheaper of escalating and abstaining; never without a promise', () => {
  const costs = { wrong: 10, abstain: 3, escalate: 1, escalatedWrong: 0.5 };
  const rules: Rules = {
    thresholds: [claim('free', 0.9), claim('free+samples', null)],
    decisions: { by: 'pattern', sliceBy: [], costs, cuts: cutsOf(costs) },
  };
  const at = (probability: number) => told(rules, { pattern: 'free', probability });
  // By costs alone .85 would be accepted; the promise begins at .9.
  expect([0.95, 0.9, 0.85, 0.61, 0.59, 0].map(at)).toEqual([
    'accept',
    'accept',
    'escalate',
    'escalate',
    'abstain',
    'abstain',
  ]);
  expect(told(rules, { pattern: 'free+samples', probability: 1 })).toBe('uncertified pattern');
});
