import { describe, expect, it } from 'vitest';
import { sliceOf } from '../../features/slice.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { cutsOf } from '../../models/costs.js';
import { type Row, type Ruled, ruleOf } from '../../scorer/decide.js';

type Asked = Partial<Omit<Row, 'holds'>> & {
  pattern: string;
  probability: number;
  shifted?: boolean;
  lacks?: string[];
};
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
const decide = (rules: Ruled, { probability, shifted = false, lacks = [], ...row }: Asked) => {
  const rule = ruleOf(rules);
  const standing = rule.standing({ model: 'm1', task: 't1', ...row, holds: (name) => !lacks.includes(name) });
  return rule.decide(standing, probability, shifted);
};
const told = (rules: Ruled, asked: Asked) => {
  const { decision, why } = decide(rules, asked);
  return why ?? decision;
};

describe('by pattern', () => {
  const rules: Ruled = {
    thresholds: [{ ...claim('free', 0.8), signals: ['context', 'features.tenure'] }, claim('free+samples', null)],
    data: { fingerprint: '', tasks: ['t1'], models: ['m1', 'm2'], fields: ['model', 'prompt', 'task'] },
  };
  it.each([
    [{ pattern: 'free', probability: 0.8 }, 'accept'],
    [{ pattern: 'free', probability: 0.7999 }, 'abstain'],
    [{ pattern: 'free', probability: 1, shifted: true }, 'shifted'],
    [{ pattern: 'free', probability: 1, shifted: true, model: 'm9' }, 'unseen model'],
    [{ pattern: 'free', probability: 1, shifted: true, model: 'm9', task: 't9' }, 'unseen task'],
    [{ pattern: 'free', probability: 1, task: 't9', lacks: ['context'] }, 'missing signal'],
    [{ pattern: 'free', probability: 1, lacks: ['context', 'prompt'] }, 'missing field'],
    [{ pattern: 'free', probability: 1, task: null, lacks: ['task'] }, 'missing field'],
    [{ pattern: 'free', probability: 1, selected: true, lacks: ['prompt'] }, 'selected'],
    [{ pattern: 'free', probability: Number.NaN, selected: true }, 'no probability'],
    [{ pattern: 'free+samples', probability: 1, model: 'm9' }, 'unseen model'],
    [{ pattern: 'free', probability: 0, shifted: true }, 'shifted'],
    [{ pattern: 'free', probability: Number.NaN }, 'no probability'],
    [{ pattern: 'free+samples', probability: 1 }, 'uncertified pattern'],
    [{ pattern: 'free+logprobs', probability: 1 }, 'unknown pattern'],
  ])('%j: %s', (asked, expected) => expect(told(rules, asked)).toBe(expected));
});

describe('signals that a task, a model, or a model on a task always had', () => {
  const signalsOf = [
    { task: 'choice', signals: ['choices'] },
    { model: 'm1', signals: ['stated'] },
    { task: 'passages', model: 'm2', signals: ['context'] },
  ];
  const rules: Ruled = { thresholds: [{ ...claim('free', 0.8), signals: ['tokens'], signalsOf }] };
  it.each([
    ['choice', 'm1', ['choices', 'stated', 'tokens']],
    ['choice', 'm2', ['choices', 'tokens']],
    ['passages', 'm1', ['stated', 'tokens']],
    ['passages', 'm2', ['context', 'tokens']],
    ['facts', 'm2', ['tokens']],
    [null, 'm1', ['stated', 'tokens']],
    ['choice', undefined, ['choices', 'tokens']],
    [undefined, 'm9', ['tokens']],
  ])('%s, %s: %j', (task, model, missing) => {
    const lacks = ['choices', 'stated', 'context', 'tokens'];
    const asked = { pattern: 'free', probability: 0.9, task, model };
    expect(decide(rules, { ...asked, lacks })).toMatchObject({ decision: null, why: 'missing signal', missing });
    expect(told(rules, { ...asked, lacks: lacks.filter((name) => !missing.includes(name)) })).toBe('accept');
  });
});

it('reports what is missing, and which claim accepts', () => {
  const rules: Ruled = {
    thresholds: [{ ...claim('free', 0.8), signals: ['context', 'features.tenure'], basis: 'hidden' }],
    data: { fingerprint: '', fields: ['prompt', 'task'] },
  };
  const nothing = { decision: null, missing: null, claim: null, basis: null, promise: null };
  const at = (lacks: string[], probability = 0.9) => decide(rules, { pattern: 'free', probability, lacks });
  expect(at(['task', 'prompt', 'context'])).toEqual({ ...nothing, why: 'missing field', missing: ['prompt', 'task'] });
  expect(at(['features.tenure'])).toEqual({ ...nothing, why: 'missing signal', missing: ['features.tenure'] });
  expect(at([])).toEqual({ ...nothing, decision: 'accept', why: null, claim: 'free', basis: 'hidden' });
  expect(at([], 0.7)).toEqual({ ...nothing, decision: 'abstain', why: null });
});

it('--accept-unseen models: decides by the threshold, without claim and without promise', () => {
  const rules: Ruled = {
    thresholds: [claim('free', 0.8), claim('free+samples', null)],
    decisions: { by: 'pattern', sliceBy: [], acceptUnseen: [{ what: 'models', promise: 'none' }] },
    data: { fingerprint: '', tasks: ['t1'], models: ['m1'] },
  };
  const at = (asked: Partial<Asked>) => decide(rules, { pattern: 'free', probability: 0.9, model: 'm9', ...asked });
  const nothing = { missing: null, claim: null, basis: null, promise: null };
  expect(at({})).toEqual({ ...nothing, decision: 'accept', why: 'unseen model', promise: 'none' });
  expect(at({ probability: 0.7 })).toEqual({ ...nothing, decision: 'abstain', why: 'unseen model', promise: 'none' });
  expect(at({ model: 'm1' })).toEqual({ ...nothing, decision: 'accept', why: null, claim: 'free', basis: 'natural' });
  expect(at({ shifted: true })).toEqual({ ...nothing, decision: null, why: 'unseen model' });
  expect(at({ task: 't9' })).toEqual({ ...nothing, decision: null, why: 'unseen task' });
  expect(at({ pattern: 'free+samples' })).toEqual({ ...nothing, decision: null, why: 'unseen model' });
});

describe('by slice', () => {
  const rules: Ruled = {
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

  it('a record names its slice; missing fields are reported', () => {
    const record = { id: '1', answer: 'a', model: 'm1', features: { plan: 'pro', days: 3 } };
    expect(sliceOf(record, ['model', 'task'])).toBe('m1 · (no task)');
    expect(sliceOf(record, ['features.plan', 'features.days'])).toBe('pro · (no features.days)');
  });
});

it('with costs: accepts only with a certified claim, else the cheaper of escalating and abstaining', () => {
  const costs = { wrong: 10, abstain: 3, escalate: 1, escalatedWrong: 0.5 };
  const rules: Ruled = {
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
  // What cannot be accepted is handed on or held back, whichever is cheaper, and keeps its reason.
  const uncertified = (probability: number) => decide(rules, { pattern: 'free+samples', probability });
  const nothing = { missing: null, claim: null, basis: null, promise: null };
  expect(uncertified(1)).toEqual({ ...nothing, decision: 'escalate', why: 'uncertified pattern' });
  expect(uncertified(0.59)).toEqual({ ...nothing, decision: 'abstain', why: 'uncertified pattern' });
  expect(decide(rules, { pattern: 'free', probability: 1, selected: true })).toMatchObject({
    decision: 'escalate',
    why: 'selected',
  });
  expect(decide(rules, { pattern: 'free', probability: Number.NaN })).toMatchObject({
    decision: 'abstain',
    why: 'no probability',
  });
});
