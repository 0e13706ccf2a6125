import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newConvention } from '../../../data/grades/convention.js';
import { type LabelRules, scaleOf, valuesOf } from '../../../data/grades/rules.js';
import { VouchError } from '../../../support/errors.js';

/** The labels of a whole column. */
function read(values: unknown[], rules: LabelRules = {}): (number | null)[] {
  const convention = newConvention('label', rules);
  const labels = values.map((value, i) => convention.of(value, { file: 'g.csv', line: i + 2 }));
  convention.finish();
  return labels;
}

function refusal(values: unknown[], rules?: LabelRules): VouchError {
  try {
    read(values, rules);
  } catch (error) {
    if (error instanceof VouchError) return error;
  }
  throw new Error('was read');
}

describe('what grades mean without a word', () => {
  it.each([
    ['shares', ['1', '0', 0.25, '.5', '0,75', 1n, '1.0', true, false], [1, 0, 0.25, 0.5, 0.75, 1, 1, 1, 0]],
    [
      'thumbs',
      ['up', 'down', 'UP', 'thumbs_up', 'Thumbs-Down', '👍', '👎', '👍🏽', 'like', 'dislike'],
      [1, 0, 1, 1, 0, 1, 0, 1, 1, 0],
    ],
    ['1 and -1', ['1', '-1', -1, 1, '+1'], [1, 0, 0, 1, 1]],
    [
      'words',
      ['yes', 'no', 'Y', 'n', 'True', 'FALSE', 'correct', 'incorrect', 'right', 'wrong', 'pass', 'fail', 'good', 'bad'],
      [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0],
    ],
    ['the letters of Inspect', ['C', 'I', 'P', 'N', 'c'], [1, 0, 0.5, 0, 1]],
    [
      'no grade yet',
      ['', ' ', null, undefined, Number.NaN, 'nan', 'None', 'N/A', '<NA>', 1],
      [null, null, null, null, null, null, null, null, null, 1],
    ],
  ])('%s', (_, values, labels) => {
    expect(read(values)).toEqual(labels);
  });

  it.each([
    ['stars', ['1', '4', '5'], 3, '4', /Stars.*--label-threshold 4 .*--label-scale 1\.\.5/],
    ['a scale to 10', [7], 2, 7, /--label-threshold 9 .*--label-scale 1\.\.10/],
    ['percent', [1, 80], 3, 80, /--label-threshold 50 .*--label-scale 0\.\.100/],
    ['-2', [-2], 2, -2, /--label-threshold T/],
    ['1, 0 and -1', ['1', '-1', '0'], 4, '0', /--label-values 1=1,-1=0,0=none/],
    ['0 first, -1 later', ['0', '1', '-1'], 4, '-1', /--label-values/],
    ['-1 and shares', [0.5, -1], 3, -1, /--label-values/],
    ['options', ['C', 'A'], 3, 'A', /--label-values a=1/],
    ['P and nothing to tell by', ['P', 'N'], 2, 'P', /"partial" or "pass"/],
    ['P and F', ['P', 'F'], 3, 'F', /P=1,F=0/],
    ['F and P', ['F', 'P'], 3, 'P', /P=1,F=0/],
  ])('refuses %s as a whole, with the way out', (_, values, line, got, hint) => {
    const { code, detail } = refusal(values);
    expect(code).toBe('BAD_LABEL');
    expect(detail).toMatchObject({ file: 'g.csv', line, field: 'label', got });
    expect(detail.hint).toMatch(hint);
  });

  it('a word that is none is wrong where it stands, and the rest may be read on', () => {
    const convention = newConvention('label', {});
    const at = { file: 'g.csv', line: 2 };
    expect(() => convention.of('perhaps', at)).toThrow(/--label-values "perhaps=1"/);
    expect(() => convention.of({ a: 1 }, at)).toThrow(/cannot be read as a grade/);
    expect(convention.refused).toBeNull();
    expect(convention.of('1', at)).toBe(1);
    convention.finish();
  });
});

describe('what the user says', () => {
  it('--label-values: nothing but its pairs, numbers as numbers, none for no grade', () => {
    const values = valuesOf('Up=1, down=0,meh=0.5,skip=none,1=1,-1=0');
    expect(read(['up', 'DOWN ', 'meh', 'skip', '', '1.0', -1], { values })).toEqual([1, 0, 0.5, null, null, 1, 0]);
    expect(refusal(['up', 'yes'], { values }).detail).toMatchObject({ line: 3, got: 'yes' });
    expect(refusal(['0'], { values }).detail.hint).toMatch(/Add its meaning/);
    for (const bad of ['up', '=1', 'up=2', 'up=x', 'up=1,UP=0'])
      expect(() => valuesOf(bad), bad).toThrow(/--label-values/);
  });

  it('--label-threshold: from there on right', () => {
    expect(read(['1', '3', '4', '5', 3.9, true, 'no'], { threshold: 4 })).toEqual([0, 0, 1, 1, 0, 1, 0]);
  });

  it('--label-scale: shares of the scale, nothing outside', () => {
    expect(read(['1', 2, '3', '4', '5', ''], { scale: scaleOf('1..5') })).toEqual([0, 0.25, 0.5, 0.75, 1, null]);
    expect(refusal(['0'], { scale: [1, 5] }).detail.hint).toBe('--label-scale says 1 to 5.');
    for (const bad of ['5', '5..1', '1-5', 'a..b']) expect(() => scaleOf(bad), bad).toThrow(/--label-scale/);
  });

  it('whatever a column holds, it is labels in 0..1, no grade, or one coded error', () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer({ min: -2, max: 6 }),
      fc.string(),
      fc.constantFrom('C', 'P', 'F', 'up', '-1', '0,5'),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 6 }), (values) => {
        try {
          for (const label of read(values)) expect(label === null || (label >= 0 && label <= 1)).toBe(true);
        } catch (error) {
          if (!(error instanceof VouchError) || error.code !== 'BAD_LABEL') throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
