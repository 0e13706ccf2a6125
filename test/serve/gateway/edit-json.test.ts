import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editJson } from '../../../serve/gateway/wire/edit-json.js';
import { atOnce } from '../../../support/steps.js';

const edit = (text: string, paths: string[][], put: string | null = '0') => atOnce(editJson(text, paths, () => put));

describe('editing JSON text', () => {
  it.each([
    ['{"a":1,"b":2}', [['a']], '{"a":0,"b":2}'],
    [' { "a" : [ 1 , {"b":"]}\\"" } ] } ', [['a', '*', 'b']], ' { "a" : [ 1 , {"b":0 } ] } '],
    ['{"a":1,"a":[{"b":2}]}', [['a']], '{"a":1,"a":0}'],
    ['{"a":{"b":1},"a":{"b":2}}', [['a', 'b']], '{"a":{"b":1},"a":{"b":0}}'],
    ['{"a":{"b":1},"a":3}', [['a', 'b']], '{"a":{"b":1},"a":3}'],
    ['{"\\u0061":1}', [['a']], '{"\\u0061":0}'],
    ['{"*":1}', [['*']], '{"*":1}'],
    ['[1,[2]]', [['*']], '[0,0]'],
    ['[1,[2]]', [['a']], '[1,[2]]'],
    ['{"a":-1.5e+3 ,"c":null}', [['a'], ['c']], '{"a":0 ,"c":0}'],
    ['{}', [['a']], '{}'],
    ['[]', [['*']], '[]'],
    ['"a"', [['a']], '"a"'],
    ['1', [[]], '0'],
  ] as const)('%s at %j', (text, paths, expected) => {
    expect(
      edit(
        text,
        paths.map((path) => [...path]),
      ),
    ).toBe(expected);
    expect(
      edit(
        text,
        paths.map((path) => [...path]),
        null,
      ),
    ).toBe(text);
  });

  it('changes the values at the path and nothing else, however the text is laid out', () => {
    const key = fc.constantFrom('a', 'b', 'c"', '\\', '*');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, -1.5, 1e21, '', '],}"{', '\\"', 'é'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 3 }),
      ),
    }));
    const path = fc.array(fc.oneof(key, fc.constant('*')), { maxLength: 3 });
    const put = (of: unknown, [step, ...rest]: string[]): unknown => {
      if (step === undefined) return 0;
      if (Array.isArray(of)) return step === '*' ? of.map((each) => put(each, rest)) : of;
      if (typeof of !== 'object' || of === null || step === '*' || !Object.hasOwn(of, step)) return of;
      return { ...of, [step]: put((of as Record<string, unknown>)[step], rest) };
    };
    fc.assert(
      fc.property(value, path, fc.constantFrom(0, 1, 3), (of, steps, indent) => {
        const text = JSON.stringify(of, null, indent);
        const edited = edit(text, [steps]);
        expect(JSON.parse(edited)).toEqual(put(of, steps));
        expect(edit(text, [steps], null)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
