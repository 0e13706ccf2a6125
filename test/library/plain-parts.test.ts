import { describe, expect, it } from 'vitest';
import { calibrators } from '../../library/calibrators.js';
import { metrics } from '../../library/metrics.js';
import { signals } from '../../library/signals.js';
import { bootstrap } from '../../metrics/interval/bootstrap.js';
import { metrics as listed } from '../../metrics/list.js';
import { calibrators as listedCalibrators } from '../../models/calibrators/list.js';
import { random } from '../../support/random.js';

describe('metrics', () => {
  const answers = { probability: [0.9, 0.6, 0.4, 0.2], label: [1, true, false, 0] };

  it('are all that the report has, by their names', () => {
    expect(Object.keys(metrics)).toEqual(listed.map(({ name }) => name));
    for (const [name, metric] of Object.entries(metrics)) expect(metric.metric).toBe(name);
  });

  it('have the values worked out by hand', () => {
    const none = { resamples: 0 };
    expect(metrics.brier(answers, none).value).toBeCloseTo((0.01 + 0.16 + 0.16 + 0.04) / 4, 12);
    expect(metrics.logLoss(answers, none).value).toBeCloseTo(
      -(Math.log(0.9) + Math.log(0.6) + Math.log(0.6) + Math.log(0.8)) / 4,
      12,
    );
    expect(metrics.auroc(answers, none)).toEqual({ value: 1, low: null, high: null });
    expect(metrics.brier({ ...answers, weight: [1, 0, 0, 0] }, none).value).toBeCloseTo(0.01, 12);
    expect(metrics.auroc({ probability: [0.5], label: [1] }, none).value).toBeNull();
  });

  it('have the interval of the grouped bootstrap, groups by any name', () => {
    const group = ['a', 'a', 'b', 'c'];
    const own = metrics.brier({ ...answers, group }, { resamples: 300, seed: 7, confidence: 0.9 });
    const scored = {
      probability: Float64Array.of(0.9, 0.6, 0.4, 0.2),
      label: Float64Array.of(1, 1, 0, 0),
      group: Int32Array.of(0, 0, 1, 2),
    };
    const options = { resamples: 300, level: 0.9 };
    expect(own).toEqual(bootstrap(listed, scored, random(7), options).brier);
    expect(own.low as number).toBeLessThan(own.high as number);
  });

  it('refuse a probability above 1 by its place', () => {
    expect(() => metrics.ece({ probability: [0.5, 90], label: [1, 1] })).toThrow(
      /field "probability\[1\]": .*expected 0 to 1, got 90.*VOUCH_BAD_USAGE/,
    );
  });
});

describe('calibrators', () => {
  it('are all that training has, by their names', () => {
    expect(Object.keys(calibrators)).toEqual(listedCalibrators.map(({ name }) => name));
    for (const [name, calibrator] of Object.entries(calibrators)) expect(calibrator.name).toBe(name);
  });

  it('Platt scaling finds the line by hand: shares 1/4 and 3/4 at logits −1 and 1 lie on ln(3)·z', () => {
    const fitted = calibrators.platt.fit({ logit: [-1, 1], label: [0.25, 0.75] });
    expect(fitted.parameters[0]).toBeCloseTo(Math.log(3), 5);
    expect(fitted.parameters[1]).toBeCloseTo(0, 5);
    expect(fitted.apply(1)).toBeCloseTo(0.75, 5);
    expect(Array.from(fitted.apply([-1, 0]))[1]).toBeCloseTo(0.5, 5);
    expect(calibrators.platt.from(fitted.parameters).apply(1)).toBe(fitted.apply(1));
  });

  it('take probabilities as such: none gives them back, temperature goes through 1/2', () => {
    const given = { probability: [0.2, 0.5, 0.8], label: [0, 1, 1] };
    expect(calibrators.none.fit(given).apply(0.3)).toBeCloseTo(0.3, 12);
    expect(calibrators.temperature.fit(given).apply(0.5)).toBeCloseTo(0.5, 12);
    expect(() => calibrators.platt.fit(given).apply(3)).toThrow(/expected 0 to 1, got 3/);
  });
});

describe('signals', () => {
  const record = {
    answer: 'Canberra',
    prompt: 'What is the capital of Australia?',
    label: 1,
    tokens: [
      { token: 'Can', logprob: Math.log(0.5) },
      { token: 'berra', logprob: Math.log(0.9) },
    ],
    features: { days: 31, plan: 'pro' },
  };

  it('are plain numbers by name, only those that were recorded; the record stays as it was', () => {
    const before = structuredClone(record);
    const own = signals(record);
    expect(own['tokens.pavg']).toBeCloseTo(0.7, 12);
    expect(own['tokens.minLogprob']).toBeCloseTo(Math.log(0.5), 12);
    expect(own['features.days']).toBe(31);
    expect(Object.keys(own).filter((name) => /^samples\.|^choices\./.test(name))).toEqual([]);
    expect(Object.values(own).filter((value) => typeof value !== 'number' || Number.isNaN(value))).toEqual([]);
    expect(record).toEqual(before);
    expect(signals({ ...record, label: 0 })).toEqual(own);
  });

  it('need an answer', () => {
    expect(() => signals({ answer: null, finish: 'tool_calls' })).toThrow(/field "answer".*VOUCH_BAD_RECORD/);
    expect(() => signals({ prompt: 'x' } as never)).toThrow(/field "answer": is missing/);
  });
});
