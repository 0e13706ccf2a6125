import { describe, expect, it } from 'vitest';
import { aliasPair, isNaming, nameRecord, namingOn, withAlias } from '../../data/naming.js';
import type { AnswerRecord } from '../../data/record.js';
import { readAll, temporary } from './temporary.js';

const { put } = temporary();

describe('names of models and tasks', () => {
  it('gives defaults where the log has none, and aliases to answer and samples', () => {
    const naming = { aliases: { 'gpt-4o-2024-11-20': 'gpt-4o', 'gpt-4o': 'big' }, model: 'gpt-4o', task: 'faq' };
    const named = (record: Partial<AnswerRecord>) => {
      const whole = { id: 'a', answer: 'b', ...record };
      nameRecord(whole, naming);
      const { id: _, answer: __, ...rest } = whole;
      return rest;
    };
    expect(named({})).toEqual({ model: 'big', task: 'faq' });
    expect(named({ model: '', task: null })).toEqual({ model: 'big', task: 'faq' });
    expect(named({ model: 'gpt-4o-2024-11-20', task: 'x' })).toEqual({ model: 'big', task: 'x' });
    expect(named({ model: 'other', samples: [{ answer: 'c', model: 'gpt-4o-2024-11-20' }, { answer: 'd' }] })).toEqual({
      model: 'other',
      task: 'faq',
      samples: [{ answer: 'c', model: 'big' }, { answer: 'd' }],
    });
    expect(named({ model: 'toString' })).toEqual({ model: 'toString', task: 'faq' });
  });

  it('adds those of a run to those of the bundle', () => {
    const naming = namingOn({ aliases: { old: 'known', x: 'y' } }, { aliases: { new: 'old', x: 'z' }, task: 't' });
    expect(naming).toEqual({ aliases: { old: 'known', x: 'z', new: 'old' }, task: 't' });
    expect(isNaming(namingOn(null, undefined))).toBe(false);
    expect(() => namingOn({ aliases: { a: 'b' } }, { aliases: { b: 'a' } })).toThrow(/go in a circle/);
  });

  it('reads pairs, and refuses two aliases of one name', () => {
    expect(aliasPair('a=b=c')).toEqual(['a=b', 'c']);
    for (const bad of ['a', '=b', 'a=', ' = ', 'a=b,c=d']) expect(() => aliasPair(bad), bad).toThrow(/--model-alias/);
    const one = withAlias({}, ['a', 'b']);
    expect(withAlias(one, ['a', 'b'])).toEqual({ a: 'b' });
    expect(() => withAlias(one, ['a', 'c'])).toThrow(/two aliases/);
    expect(() => withAlias(one, ['b', 'a'])).toThrow(/circle/);
  });

  it('applies while answers are read', async () => {
    const file = put('m.jsonl', '{"answer":"a","model":"m-1"}\n{"answer":"b"}\n');
    const naming = { aliases: { 'm-1': 'm' }, model: 'm-1' };
    const { records } = await readAll(file, { naming });
    expect(records.map(({ model }) => model)).toEqual(['m', 'm']);
  });
});
