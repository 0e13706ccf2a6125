import { describe, expect, it } from 'vitest';
import { fieldAt, groupOf, promptOf } from '../../data/group.js';

const answer = { id: 'x', answer: 'a' };

describe('groupOf', () => {
  it('takes --group-by, then group, then the prompt without its context, then the row itself', () => {
    const full = { ...answer, group: 'g', prompt: 'p', meta: { q: 7, o: { a: 1 } }, 'user.id': 'u' };
    expect(groupOf(full, 'meta.q')).toBe('7');
    expect(groupOf(full, 'meta.o')).toBe('{"a":1}');
    expect(groupOf(full, 'user.id')).toBe('u');
    expect(groupOf(full, 'meta.none')).toBe('g');
    expect(groupOf(full)).toBe('g');
    // the first 16 hex digits of SHA-256 of "p", from sha256sum
    expect(groupOf({ ...answer, prompt: 'p', context: ['c'] })).toBe('prompt:148de9c5a7a44d19');
    expect(groupOf({ ...answer, messages: [{ role: 'user', content: 'p' }] })).toBe('prompt:148de9c5a7a44d19');
    expect(groupOf(answer)).toBe('row:x');
  });
});

describe('promptOf and fieldAt', () => {
  it('find the last user message, and paths that end early', () => {
    const messages = [
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'two' },
      { role: 'user', content: null },
    ];
    expect(promptOf({ ...answer, messages: messages.slice(0, 2) })).toBe('one');
    expect(promptOf({ ...answer, messages })).toBe('');
    expect(fieldAt({ a: { b: null } }, 'a.b.c')).toBeUndefined();
    expect(fieldAt('text', 'length')).toBeUndefined();
  });
});
