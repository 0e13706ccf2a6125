import { describe, expect, it } from 'vitest';
import { compareChanges } from '../../recalibrate/candidates.js';
import type { ChangeMade } from '../../recalibrate/change.js';
import { chosenChange } from '../../recalibrate/choose-change.js';
import { recalibrateRules } from '../../recalibrate/rules.js';
import { shippingOf } from '../../recalibrate/ships.js';
import type { ComparedMeasure, PromiseVerdict } from '../../report/evaluation/results.js';
import { madeAnswers } from '../support/answers.js';
import { dataOf } from '../support/trained.js';

const data = dataOf(madeAnswers(80));
const rows = Int32Array.from({ length: data.n }, (_, i) => i);
const sure = (share: number) => data.y.map((y) => (y === 1 ? share : 1 - share));

describe('the choice of a change', () => {
  it('is the smallest within one paired standard error of the best', () => {
    const chosen = (crossed: [ChangeMade, Float64Array][]) =>
      compareChanges(data, rows, new Map(crossed)).find((each) => each.chosen)!.change;
    expect(
      chosen([
        ['adapt', sure(0.8)],
        ['none', sure(0.8)],
        ['calibrator', sure(0.8)],
      ]),
    ).toBe('none');
    expect(
      chosen([
        ['none', sure(0.6)],
        ['calibrator', sure(0.8)],
        ['adapt', sure(0.8)],
      ]),
    ).toBe('calibrator');
    expect(
      chosen([
        ['none', sure(0.6)],
        ['calibrator', sure(0.7)],
        ['adapt', sure(0.9)],
      ]),
    ).toBe('adapt');
    // better on average by less than it varies between questions
    const uneven = sure(0.8).map((p, i) =>
      data.group[i] % 2 === 0 ? p + 0.18 * (data.y[i] - 0.5) : p - 0.17 * (data.y[i] - 0.5),
    );
    const [none, other] = compareChanges(
      data,
      rows,
      new Map([
        ['none' as ChangeMade, sure(0.8)],
        ['adapt' as ChangeMade, uneven],
      ]),
    );
    expect(Math.abs(none.difference - other.difference)).toBeLessThan(
      Math.max(none.standardError, other.standardError),
    );
    expect(none.chosen).toBe(true);
  });

  it('counts weights: the loss of a heavy answer decides', () => {
    const weighted = { ...data, w: data.w.map((w, i) => (data.y[i] === 0 ? 20 * w : w)) };
    const low = data.y.map(() => 0.2);
    const high = data.y.map(() => 0.6);
    const best = (of: typeof data) =>
      compareChanges(
        of,
        rows,
        new Map<ChangeMade, Float64Array>([
          ['none', high],
          ['calibrator', low],
        ]),
      ).find(({ difference }) => difference === 0)!.change;
    expect(best(data)).toBe('none');
    expect(best(weighted)).toBe('calibrator');
  });

  it('is the threshold alone if only a promise is broken, or nothing was certified', () => {
    const candidates = [{ change: 'none' as const, logLoss: 0.5, difference: 0, standardError: 0, chosen: true }];
    const broken = { verdict: 'broken' } as PromiseVerdict;
    const certified = [{ threshold: 0.8 }] as never;
    const choice = (promises: PromiseVerdict[], claims: never, use: 'drawn' | 'feedback' = 'drawn') =>
      chosenChange(null, { candidates, promises, use, claims }).change;
    expect(choice([], certified)).toBe('none');
    expect(choice([broken], certified)).toBe('threshold');
    expect(choice([], [{ threshold: null }] as never)).toBe('threshold');
    expect(choice([], [{ threshold: null }] as never, 'feedback')).toBe('none');
    expect(chosenChange('adapt', { candidates, promises: [], use: 'drawn', claims: certified }).change).toBe('adapt');
  });
});

describe('shipping', () => {
  const measure = (name: string, value: number, winner: ComparedMeasure['winner'] = null): ComparedMeasure => {
    const none = { value: null, low: null, high: null };
    return { name, better: 'lower', ours: none, theirs: none, difference: { value, low: null, high: null }, winner };
  };
  const usual = {
    ...{ change: 'calibrator' as ChangeMade, use: 'drawn' as const, allowFeedback: false },
    ...{ isCertified: true, wasCertified: true, isBroken: false, measures: [measure('logLoss', -0.01)] },
  };

  it.each([
    ['better', {}, true, 'certified again'],
    ['certified nothing', { isCertified: false }, true, 'decides nothing'],
    ['nothing chosen', { change: 'none' as const }, false, 'nothing has to be repaired'],
    [
      'higher log-loss',
      { measures: [measure('logLoss', 0.001)] },
      false,
      'log-loss on the held-out questions is higher',
    ],
    ['worse Brier', { measures: [measure('logLoss', -0.1), measure('brier', 0.1, 'theirs')] }, false, 'Brier score'],
    [
      'more errors',
      { measures: [measure('logLoss', -0.1), measure('acceptedError', 0.1, 'theirs')] },
      false,
      'errors among',
    ],
    ['less coverage', { measures: [measure('logLoss', -0.1), measure('coverage', -0.2, 'theirs')] }, true, 'not worse'],
    ['feedback alone', { use: 'feedback' as const }, false, 'only feedback could check it'],
    ['feedback, allowed', { use: 'feedback' as const, allowFeedback: true }, true, 'not worse'],
    ['a promise lost', { change: 'threshold' as const, isCertified: false }, false, 'would lose a promise'],
    [
      'a broken promise withdrawn',
      { change: 'threshold' as const, isCertified: false, isBroken: true },
      true,
      'decides nothing',
    ],
  ])('%s', (_, given, ships, why) => {
    const said = shippingOf({ ...usual, ...given });
    expect(said.ships).toBe(ships);
    expect(said.why).toContain(why);
  });

  it('checks its rules', () => {
    expect(() => recalibrateRules({ heldShare: 0.95 })).toThrow(/heldShare.*0\.1 to 0\.9/);
    expect(() => recalibrateRules({ leastQuestions: 5 })).toThrow(/leastQuestions/);
    expect(() => recalibrateRules({ change: 'more' as never })).toThrow(/change/);
  });
});
