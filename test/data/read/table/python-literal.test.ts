import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNested } from '../../../../data/read/table/nested.js';
import { NoLiteral, pythonLiteral } from '../../../../data/read/table/python-literal.js';

/** As repr() of Python writes a JSON value: single quotes unless the text holds one and no double one. */
function repr(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0.0' : String(value).replace('Infinity', 'inf');
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value as object)
      .map(([key, each]) => `${repr(key)}: ${repr(each)}`)
      .join(', ')}}`;
  }
  const text = String(value);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === '\\' || char === quote) out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\t') out += '\\t';
    else if (char === '\r') out += '\\r';
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code === 0x2028) out += '\\u2028';
    else if (code > 0xffff && code % 2 === 0) out += `\\U${code.toString(16).padStart(8, '0')}`;
    else out += char;
  }
  return quote + out + quote;
}

describe('pythonLiteral', () => {
  it('reads what repr() writes of any value that JSON has', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab\'"\\\n\t\x01é\u2028👍,:[]{}()') });
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(text, fc.double({ noNaN: true }), fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          text.filter((key) => key !== '__proto__'),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, (each) => {
        expect(pythonLiteral(repr(each))).toEqual(each);
      }),
      { numRuns: 2000, seed: 9 },
    );
  });

  it.each([
    [
      "[{'token': 'a', 'logprob': -0.1}, {'token': \"it's\", 'logprob': -inf}]",
      [
        { token: 'a', logprob: -0.1 },
        { token: "it's", logprob: -Infinity },
      ],
    ],
    ["('a', 1, None, True,)", ['a', 1, null, true]],
    ["{'x': nan, 1: 'y'}", { x: null, '1': 'y' }],
    ["['a' 'b'\n 'c']", ['a', 'b', 'c']],
    ['[ 0.1 -2.  3e-05]', [0.1, -2, 0.00003]],
    ["[np.float64(-0.25), numpy.int64(3), np.str_('x')]", [-0.25, 3, 'x']],
    ["array(['a', 'b'], dtype=object)", ['a', 'b']],
    ["{'x': array([1., 2.])}", { x: [1, 2] }],
    ["'\\U0001f600 \\u00e9 \\x41 \\q'", '😀 é A \\q'],
    ['[]', []],
    ['{}', {}],
  ])('reads %s', (text, value) => {
    expect(pythonLiteral(text)).toEqual(value);
  });

  it.each([
    '',
    '[',
    "['a'",
    "['a']]",
    "{'a'}",
    "{'a': }",
    "{'a': 1 'b': 2}",
    'open("x")',
    '[1, ...]',
    "b'x'",
    '[1]; import os',
    "'\\",
    '[0.1.2]',
    'datetime.datetime(2024, 1, 1)',
    'array([1, 2]',
    'tensor([1, 2])',
    "'\\U00110000'",
    '1_000x',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
  ])('refuses %.30s', (text) => {
    expect(() => pythonLiteral(text)).toThrow(NoLiteral);
  });
});

describe('parseNested', () => {
  it('prefers JSON, reads bare infinities, JSON written twice, and says what is wrong as JSON.parse does', () => {
    expect(parseNested('[{"token": "a", "logprob": -Infinity, "p": NaN}]')).toEqual([
      { token: 'a', logprob: -Infinity, p: null },
    ]);
    expect(parseNested('"[{\\"token\\": \\"a\\"}]"')).toEqual([{ token: 'a' }]);
    expect(parseNested("{'A': 0.7, 'B': .3}")).toEqual({ A: 0.7, B: 0.3 });
    expect(() => parseNested('[oops')).toThrow(SyntaxError);
    expect(() => parseNested('oops')).toThrow(SyntaxError);
  });
});
