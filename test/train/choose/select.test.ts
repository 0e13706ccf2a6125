import { describe, expect, it } from 'vitest';
import { CLEAR, SMALL } from '../../../report/small.js';
import { random } from '../../../support/random.js';
import { type LearnerCandidate, selectLearner, simpleRival } from '../../../train/choose/select.js';
import { simpleNotes } from '../../../train/choose/simple-notes.js';
import type { LearnerName } from '../../../train/options.js';
import type { TrainingData } from '../../../train/prepare/training-data.js';

/** One row a question; every learner's logits are noise around the truth, each with its own. */
function drawn(n: number, noise: Partial<Record<LearnerName, number>>, seed = 0) {
  const draw = random(`select ${seed}`);
  const truth = Float64Array.from({ length: n }, () => 2 * draw.normal());
  const y = truth.map((z) => (draw.next() < 1 / (1 + Math.exp(-z)) ? 1 : 0));
  const data = { n, y, w: new Float64Array(n).fill(1), group: Int32Array.from(y.keys()) } as unknown as TrainingData;
  const rows = Int32Array.from(y.keys());
  const fitted = new Map(
    Object.entries(noise).map(([name, by]) => [
      name as LearnerName,
      { logits: truth.map((z) => z + by * draw.normal()) },
    ]),
  );
  return { data, rows, fitted };
}

const chosenOf = (candidates: readonly LearnerCandidate[]) => candidates.find(({ chosen }) => chosen)?.name;

describe('selectLearner', () => {
  const close = { signal: 0.44, logistic: 0.43, blend: 0.42 };

  it('takes the simplest within one paired standard error on few questions where there is no blend', () => {
    const { data, rows, fitted } = drawn(200, { signal: 0.44, logistic: 0.43 });
    expect(chosenOf(selectLearner(data, rows, fitted))).toBe('signal');
  });

  it('takes the blend on few questions unless a simple way is better by two paired standard errors', () => {
    const chosen = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const { data, rows, fitted } = drawn(200, { signal: 0.6, logistic: 0.1, blend: 1 }, seed);
      const candidates = selectLearner(data, rows, fitted);
      const of = (name: LearnerName) => candidates.find((each) => each.name === name) as LearnerCandidate;
      const clear = of('signal').difference === 0 && of('blend').difference > CLEAR * of('blend').standardError;
      expect(chosenOf(candidates)).toBe(clear ? 'signal' : 'blend');
      chosen.add(chosenOf(candidates) as string);
    }
    expect([...chosen].sort()).toEqual(['blend', 'signal']);
    const near = drawn(200, close);
    expect(chosenOf(selectLearner(near.data, near.rows, near.fitted))).toBe('blend');
    const noise = drawn(200, { rate: 0.1, signal: 3, blend: 3 });
    expect(chosenOf(selectLearner(noise.data, noise.rows, noise.fitted))).toBe('rate');
  });

  it('takes one signal on many questions only where nothing is better', () => {
    let near = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { data, rows, fitted } = drawn(SMALL, { signal: 0.3, logistic: 0.3, blend: 0.3 }, seed);
      const candidates = selectLearner(data, rows, fitted);
      const { difference, standardError } = candidates.find(({ name }) => name === 'signal') as LearnerCandidate;
      if (difference > 0 && difference <= standardError) near++;
      expect(chosenOf(candidates) === 'signal').toBe(difference === 0);
    }
    expect(near).toBeGreaterThan(0);
    const best = drawn(SMALL, { signal: 0.1, logistic: 1, blend: 0.9 });
    expect(chosenOf(selectLearner(best.data, best.rows, best.fitted))).toBe('signal');
  });

  it('takes on few questions no network or trees alone where a blend was fitted', () => {
    const { data, rows, fitted } = drawn(200, { signal: 3, logistic: 0.2, blend: 1, tabm: 0.1, trees: 0 });
    const candidates = selectLearner(data, rows, fitted);
    expect(chosenOf(candidates)).toBe('blend');
    expect(candidates.filter(({ chosen }) => chosen).length).toBe(1);
    fitted.delete('blend');
    expect(chosenOf(selectLearner(data, rows, fitted))).toMatch(/logistic|tabm|trees/);
  });

  it('takes neither where more signals are clearly better', () => {
    const { data, rows, fitted } = drawn(200, { rate: 9, signal: 3, logistic: 0.3 });
    expect(chosenOf(selectLearner(data, rows, fitted))).toBe('logistic');
  });
});

describe('the warning about simple ways', () => {
  function notesOf(n: number, noise: Partial<Record<LearnerName, number>>): string[] {
    const { data, rows, fitted } = drawn(n, noise);
    const learners = selectLearner(data, rows, fitted);
    return simpleNotes({ learners, rival: simpleRival(data, rows, fitted, learners), signal: 'tokens.pavg' });
  }

  it('says that one signal ships', () => {
    expect(notesOf(200, { signal: 0.1, logistic: 1 })).toEqual([
      'The shipped predictor is only Platt scaling of tokens.pavg: on 200 questions, no other learner was clearly better.',
    ]);
    expect(notesOf(200, { rate: 0.1, signal: 3, logistic: 3 })[0]).toMatch(
      /^The shipped predictor is only the base rate:/,
    );
  });

  it('says where what ships is not clearly better, and nothing where it is or where no simple way was tried', () => {
    const { data, rows, fitted } = drawn(SMALL, { signal: 0.5, logistic: 0.45 });
    const learners = selectLearner(data, rows, fitted).map((each) => ({ ...each, chosen: each.name === 'logistic' }));
    const rival = { name: 'signal', difference: -0.00123, standardError: 0.01, groups: 600 } as const;
    expect(simpleNotes({ learners, rival, signal: 'tokens.pavg' })).toEqual([
      'The shipped predictor (Logistic regression) is not clearly better than a simple baseline, Platt scaling of ' +
        'tokens.pavg: its out-of-fold log-loss differs by −0.0012 ± 0.0100 on 600 questions. More labels or other signals ' +
        'may help.',
    ]);
    const clear = simpleRival(data, rows, fitted, learners);
    expect(clear).toMatchObject({ name: 'signal', groups: 600 });
    expect(simpleNotes({ learners, rival: { ...rival, difference: -0.0201 }, signal: 'tokens.pavg' })).toEqual([]);
    expect(notesOf(200, { signal: 3, logistic: 0.3 })).toEqual([]);
    expect(notesOf(200, { logistic: 0.3, blend: 0.2 })).toEqual([]);
  });
});
