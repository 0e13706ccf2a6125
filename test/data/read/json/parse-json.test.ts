import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../data/read/json/parse-json.js';

describe('whole numbers that a double does not hold', () => {
  it('become texts of their digits where they are the value of a key', () => {
    expect(
      parseJson('{"id":1234567890123456788,"b":{"k": -9007199254740993 },"c":[{"id":12345678901234567890}]}'),
    ).toEqual({
      id: '1234567890123456788',
      b: { k: '-9007199254740993' },
      c: [{ id: '12345678901234567890' }],
    });
  });

  it('become texts as ids though a double happens to hold them', () => {
    expect(parseJson('{"id":9007199254740992,"traceId":1764000000000000000,"group":9007199254740994}')).toEqual({
      id: '9007199254740992',
      traceId: '1764000000000000000',
      group: '9007199254740994',
    });
  });

  it('stay numbers where a double holds them, as elements of a list, with a fraction or an exponent', () => {
    const text =
      '{"a":1764000000000000000,"b":[1234567890123456789],"c":1234567890123456789.5,"d":1234567890123456789e2}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
    expect((parseJson(text) as { a: number }).a).toBe(1764000000000000000);
  });

  it('stay numbers where the record holds quantities', () => {
    const text =
      '{"features":{"t":1764000000123456789},"verifiers":{"v":1764000000123456789},"tokens":[{"logprob":-12345678901234567891}],"id":1764000000123456789}';
    expect(parseJson(text)).toEqual({ ...JSON.parse(text), id: '1764000000123456789' });
  });

  it('are left alone inside texts, the mark too; bare NaN beside them is read', () => {
    expect(parseJson('{"a":"x\\":1234567890123456789,","long::":"long:1","id":1234567890123456789,"n":NaN}')).toEqual({
      a: 'x":1234567890123456789,',
      'long::': 'long:1',
      id: '1234567890123456789',
      n: null,
    });
  });

  it('throws as JSON.parse does', () => {
    expect(() => parseJson('{"id":1234567890123456789,')).toThrow(SyntaxError);
    expect(() => parseJson('{"id":01234567890123456789}')).toThrow(SyntaxError);
  });

  it('reads any JSON as JSON.parse does, and every whole number of a key to the last digit', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string(),
        fc.constant(null),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string({ maxLength: 4 }), tie('value'), { maxKeys: 3 }),
      ),
    })).value;
    const whole = fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n });
    fc.assert(
      fc.property(json, whole, fc.string(), (value, id, text) => {
        const line = `{"first":${JSON.stringify(text)},"id":${id}, "rest" :${JSON.stringify(value)}}`;
        const got = parseJson(line) as { first: string; id: unknown; rest: unknown };
        expect(String(got.id)).toBe(String(id));
        expect(got.first).toBe(text);
        expect(got.rest).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the look for long numbers', () => {
  it('finds them wherever they begin, and takes a text of digits in its stride', () => {
    for (let blanks = 0; blanks < 40; blanks++) {
      expect(
        parseJson(`{"a":"${' '.repeat(blanks)}","id":1234567890123456789,"p":-0.12345678901234567}`),
      ).toMatchObject({
        id: '1234567890123456789',
        p: Number('-0.12345678901234567'),
      });
    }
    const digits = '7'.repeat(2_000_000);
    expect((parseJson(`{"a":"${digits}","b":1}`) as { a: string }).a).toBe(digits);
  });
});
