import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spliceJson } from '../../../../data/ask/journal/splice-json.js';

describe('spliceJson', () => {
  it('puts a new field at the end and leaves every other byte', () => {
    expect(spliceJson('{ "big": 12345678901234567890, "x": 1.0 }', { s: 0.5 })).toBe(
      '{ "big": 12345678901234567890, "x": 1.0 ,"s":0.5}',
    );
    expect(spliceJson('{}', { a: 1, b: 2 })).toBe('{"a":1,"b":2}');
  });

  it('replaces a field in place', () => {
    const text = '{"a":"}\\",{", "v" : {"v":[1,{"a":2}]} , "z": NaN}';
    expect(spliceJson(text, { v: { k: 1 }, n: null })).toBe('{"a":"}\\",{", "v" : {"k":1} , "z": NaN,"n":null}');
    expect(spliceJson('{"a":-1e3}\r', { a: 'b' })).toBe('{"a":"b"}\r');
  });

  it('reads back as the object with the fields put in, whatever it holds', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(object, object, fc.constantFrom(undefined, 1, '\t'), (before, fields, indent) => {
        const out = JSON.parse(spliceJson(JSON.stringify(before, null, indent), fields));
        expect(out).toEqual(JSON.parse(JSON.stringify({ ...before, ...fields })));
      }),
    );
  });
});
