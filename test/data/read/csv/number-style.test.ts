import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NumberStyle, numberIn, settled, styleOf, withPoint } from '../../../../data/read/csv/number-style.js';

describe('styleOf', () => {
  it.each([
    ['comma', ['0,93', '0,11', '0,4', '']],
    ['comma', ['1,234', '0,5', '12']],
    ['dots', ['1.234,5', '0,5']],
    ['dots', ['1.234.567', '2']],
    ['point', ['0.5', '1,234']],
    ['point', ['1,234.5', '1']],
    ['point', ['1,234,567']],
    ['mixed', ['0,5', '0.5']],
    ['open', ['1,234', '5,678', '12']],
    ['open', ['1', '2', 'true', 'NaN', '']],
    ['open', ['1.234']],
    ['point', ["1'234.50", "2'000'000.25"]],
    ['comma', ['1 234,5', '12']],
    ['open', ["1'234", '7']],
    ['text', ["1'23", '7']],
    ['text', ['pro', '0,5']],
    ['text', ['1,2,3', '0,5']],
    ['text', ['192.168.0.1']],
    ['text', ['12:30', '3']],
  ])('%s: %j', (style, cells) => {
    expect(styleOf(cells)).toBe(style);
  });
});

describe('numberIn', () => {
  const cases: [cell: string, style: NumberStyle, value: number | undefined | 'unclear'][] = [
    ['0,93', 'comma', 0.93],
    [',5', 'comma', 0.5],
    ['-1,5e3', 'comma', -1500],
    ['1,234', 'comma', 1.234],
    ['1,234', 'dots', 1.234],
    ['1,234', 'point', 1234],
    ['1,234', 'open', 'unclear'],
    ['1,234', 'mixed', 'unclear'],
    ['1.234', 'open', 1.234],
    ['1.234', 'point', 1.234],
    ['1.234', 'dots', 1234],
    ['1.234', 'comma', 'unclear'],
    ['1.234', 'mixed', 'unclear'],
    ['1.234,5', 'comma', 1234.5],
    ['1.234.567', 'open', 1234567],
    ['1,234,567', 'open', 1234567],
    ['1,234.5', 'mixed', 1234.5],
    ['0,5', 'mixed', 0.5],
    ['0.5', 'mixed', 0.5],
    ['0,5', 'open', 0.5],
    ['12', 'comma', 12],
    ['0,5', 'text', undefined],
    ['pro', 'comma', undefined],
    ['1,2,3', 'comma', undefined],
    ['', 'comma', undefined],
    ['31', 'text', 31],
    ["1'234.50", 'point', 1234.5],
    ['1’234', 'open', 1234],
    ["2'000'000", 'comma', 2000000],
    ['1 234,5', 'comma', 1234.5],
    ['1\u202f234,567', 'comma', 1234.567],
    ['1\u00a0234', 'open', 1234],
    ["1'23", 'open', undefined],
    ['1 234 56', 'open', undefined],
    ["1'234", 'text', undefined],
  ];
  it.each(cases)('%j in a column of style %s is %s', (cell, style, value) => {
    if (value === 'unclear') {
      expect(() => numberIn(cell, style)).toThrow(
        expect.objectContaining({ code: 'BAD_RECORD', message: expect.stringMatching(/decimal point/) }),
      );
    } else expect(numberIn(cell, style)).toBe(value);
  });

  it('gives every number of a column back, or says that it cannot tell, but never another number', () => {
    const number = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: -2e6, max: 2e6 }));
    const locales = { comma: 'de-CH', dots: 'de-DE', point: 'en-US' } as const;
    let read = 0;
    fc.assert(
      fc.property(
        fc.array(
          number.map((x) => Math.round(x * 1000) / 1000),
          { minLength: 1, maxLength: 8 },
        ),
        fc.constantFrom(...(['dots', 'point'] as const)),
        fc.boolean(),
        (numbers, way, grouped) => {
          const write = new Intl.NumberFormat(locales[way], { maximumFractionDigits: 3, useGrouping: grouped });
          const cells = numbers.map((x) => write.format(x).replace('−', '-'));
          const style = settled(new Map([['x', styleOf(cells)]])).get('x') as NumberStyle;
          cells.forEach((cell, i) => {
            let got: number | undefined;
            try {
              got = numberIn(cell, style);
            } catch {
              return;
            }
            // "1.234" alone is a number with a decimal point, as everywhere: thousands with dots must show themselves
            if (way === 'dots' && style === 'open' && /^-?\d{1,3}\.\d{3}$/.test(cell)) return;
            expect([cell, got]).toEqual([cell, numbers[i] === 0 ? expect.closeTo(0, 9) : numbers[i]]);
            read++;
          });
        },
      ),
      { numRuns: 2000, seed: 4 },
    );
    expect(read).toBeGreaterThan(5000);
  });
});

describe('settled', () => {
  const of = (...styles: NumberStyle[]) => [...settled(new Map(styles.map((style, i) => [`${i}`, style]))).values()];
  it('lets a column that tells nothing go by the others', () => {
    expect(of('open', 'comma', 'text')).toEqual(['comma', 'comma', 'text']);
    expect(of('dots', 'open')).toEqual(['dots', 'comma']);
    expect(of('point', 'open', 'point')).toEqual(['point', 'point', 'point']);
    expect(of('point', 'open', 'comma')).toEqual(['point', 'open', 'comma']);
    expect(of('mixed', 'open')).toEqual(['mixed', 'open']);
    expect(of('open', 'open')).toEqual(['open', 'open']);
  });
});

describe('withPoint', () => {
  it('changes the comma of one number only', () => {
    expect(['0,85', ' 85,5 %', '1,0', '0.5', 'a,b', '1,2,3'].map(withPoint)).toEqual([
      '0.85',
      '85.5 %',
      '1.0',
      '0.5',
      'a,b',
      '1,2,3',
    ]);
  });
});
