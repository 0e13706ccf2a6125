import { describe, expect, it } from 'vitest';
import { recalibrate } from '../../index.js';
import { weighed } from '../../recalibrate/labels/weighed.js';
import { freshParts } from '../../recalibrate/parts.js';
import { recalibrateRules } from '../../recalibrate/rules.js';
import { random } from '../../support/random.js';
import { pickRows } from '../../train/prepare/pick-rows.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import { madeAnswers } from '../support/answers.js';
import { dataOf } from '../support/trained.js';

const data = dataOf(madeAnswers(90));

/** Labels that chance drew with two chances. */
const drawn = new Map(data.ids.map((id, row) => [id, { value: data.y[row], chance: row % 3 === 0 ? 0.25 : 1 }]));
const inFolds = (of: TrainingData, labels = drawn) =>
  freshParts(
    weighed(of, { drawn: labels, chances: null, missing: 0, clipped: 0 }),
    recalibrateRules({}),
    random('parts'),
    () => 5,
  );

describe('folds', () => {
  it('hold each question once, and all answers fit and certify', () => {
    const { fold, data: used, parts, use } = inFolds(data);
    expect([use, used.n]).toEqual(['drawn', data.n]);
    expect([parts.fit.length, parts.certify.length]).toEqual([data.n, data.n]);
    expect(new Set(fold)).toEqual(new Set([0, 1, 2, 3, 4]));
    for (let group = 0; group < used.groupCount; group++) {
      expect(new Set(fold!.filter((_, row) => used.group[row] === group)).size).toBe(1);
    }
  });

  it('are the same for the same answers in another order', () => {
    const shuffled = pickRows(data, random('order').shuffle(Int32Array.from(data.y.keys())));
    const [a, b] = [inFolds(data), inFolds(shuffled)];
    expect(b.data.ids).toEqual(a.data.ids);
    expect(b.fold).toEqual(a.fold);
    expect([...b.data.w]).toEqual([...a.data.w]);
  });

  it('are not used where feedback fits', () => {
    const few = new Map([...drawn].filter((_, row) => data.group[row] < 40));
    const { use, fold } = inFolds(data, few);
    expect([use, fold]).toEqual(['mixed', null]);
  });
});

describe('certify: cross', () => {
  it('is refused together with training anew, and an unknown way is', async () => {
    const both = recalibrate([], { model: 'm', out: 'o', certify: 'cross', withTraining: [] });
    await expect(both).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field: 'certify' } });
    expect(() => recalibrateRules({ certify: 'folds' as never })).toThrow(/certify.*split, cross, auto/);
  });
});
