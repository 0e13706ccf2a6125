import { describe, expect, it } from 'vitest';
import { fieldAt, firstKeys } from '../../data/path.js';

const record = {
  answer: 'x',
  'a.b': 1,
  a: { b: 2, 'c.d': 3, 'e[0]': 4, f: null },
  'llm.model': { name: 'm' },
  choices: [{ message: { content: 'first' } }, { message: { content: 'last' } }],
  raw: '{"choices": [{"text": "inner", "more": "{\\"deep\\": 7}"}]}',
  python: "{'choices': [{'text': 'py'}]}",
  twice: '"{\\"k\\": 5}"',
  plain: 'no {json}',
  '': { ' ': 8 },
  'say "hi"': 9,
};

describe('fieldAt', () => {
  it.each([
    ['answer', 'x'],
    ['a.b', 1],
    ['a.c.d', 3],
    ['a.e[0]', 4],
    ['a.f', null],
    ['a["b"]', 2],
    ["a['c.d']", 3],
    ['["a.b"]', 1],
    ['llm.model.name', 'm'],
    ['choices[0].message.content', 'first'],
    ['choices.1.message.content', 'last'],
    ['choices[-1].message.content', 'last'],
    ['choices[-2].message.content', 'first'],
    ['raw.choices[0].text', 'inner'],
    ['raw.choices[0].more.deep', 7],
    ['python.choices[0].text', 'py'],
    ['twice.k', 5],
    ['["say \\"hi\\""]', 9],
    ['choices[2].message', undefined],
    ['choices[-3]', undefined],
    ['choices.length', undefined],
    ['plain.json', undefined],
    ['answer.length', undefined],
    ['none', undefined],
    ['a.', undefined],
    ['a..b', undefined],
    ['toString', undefined],
    ['a.constructor', undefined],
  ])('%s', (path, value) => {
    expect(fieldAt(record, path)).toEqual(value);
  });

  it('finds nothing in what is no object', () => {
    for (const value of [null, undefined, 'text', 7]) expect(fieldAt(value, 'a.b')).toBeUndefined();
    expect(fieldAt([{ a: 1 }], '[0].a')).toBe(1);
  });
});

describe('the parts of a path', () => {
  it('are the names that its first step may have', () => {
    expect(firstKeys('a.b[0].c')).toEqual(['a.b[0].c', 'a.b[0]', 'a.b', 'a']);
    expect(firstKeys('a b')).toEqual(['a b']);
    expect(firstKeys('a..b')).toEqual([]);
  });
});
