import { describe, expect, it } from 'vitest';
import { type Explained, whyLearner } from '../../../train/choose/why-chosen.js';

const tried = (chosen: string): Explained[] =>
  [
    { name: 'signal', logLoss: 0.51, difference: 0.01 },
    { name: 'logistic', logLoss: 0.5, difference: 0 },
    { name: 'blend', logLoss: 0.503, difference: 0.003 },
  ].map((each) => ({ ...each, chosen: each.name === chosen }));

describe('whyLearner', () => {
  it('names the least loss, or what is simpler and how far behind, on many questions', () => {
    expect(whyLearner(tried('logistic'), false)).toBe('logistic has the lowest out-of-fold log-loss');
    expect(whyLearner(tried('signal'), false)).toBe(
      'signal is simpler than logistic and within one paired standard error of it (0.0100 nats behind)',
    );
  });

  it('names the rule for few questions where a blend was fitted', () => {
    expect(whyLearner(tried('blend'), true)).toBe(
      'on few questions the blend is chosen, because no simple baseline is better by two paired standard errors',
    );
    expect(whyLearner(tried('blend').slice(1), true)).toBe('on few questions the blend is chosen');
    expect(whyLearner(tried('signal'), true)).toBe(
      'signal is better than the blend by more than two paired standard errors',
    );
    expect(whyLearner(tried('logistic').slice(0, 2), true)).toBe('logistic has the lowest out-of-fold log-loss');
  });
});
