import { describe, expect, it } from 'vitest';
import { fieldAt, groupOf, promptOf } from '../../../data/group.js';
import type { AnswerRecord } from '../../../data/record.js';

const answer = { id: 'x', answer: 'a' } as AnswerRecord;

describe('groupOf', () => {
  it('takes the field asked for, else the group, else the conversation, else the turns, else the row', () => {
    const full = { ...answer, group: 'g', conversation: 'c', prompt: 'p', meta: { q: 7, o: { a: 1 } }, 'user.id': 'u' };
    expect(groupOf(full, 'meta.q')).toBe('7');
    expect(groupOf(full, 'meta.o')).toBe('{"a":1}');
    expect(groupOf(full, 'user.id')).toBe('u');
    expect(groupOf(full, 'meta.none')).toBe('g');
    expect(groupOf(full)).toBe('g');
    expect(groupOf({ ...answer, conversation: 'c', prompt: 'p' })).toBe('conversation:c');
    // SHA-256 of "p" begins with 148de9c5a7a44d19
    expect(groupOf({ ...answer, prompt: 'p', context: ['c'] })).toBe('prompt:148de9c5a7a44d19');
    expect(groupOf({ ...answer, messages: [{ role: 'user', content: 'p' }] })).toBe('prompt:148de9c5a7a44d19');
    expect(groupOf(answer)).toBe('row:x');
    expect(groupOf({ ...answer, prompt: '' })).toBe('row:x');
  });

  it('takes all turns and media, not the last message alone', () => {
    const chat = (first: string, media?: string[]) =>
      groupOf({
        ...answer,
        messages: [
          { role: 'user', content: first, media },
          { role: 'assistant', content: 'Shall I explain?' },
          { role: 'user', content: 'Yes please.' },
        ],
      });
    expect(chat('Which is larger?')).toBe(chat('Which is larger?'));
    expect(chat('Which is larger?')).not.toBe(chat('Which is smaller?'));
    expect(chat('Which is larger?', ['a.png'])).not.toBe(chat('Which is larger?', ['b.png']));
  });
});

describe('promptOf and fieldAt', () => {
  const messages = [
    { role: 'system', content: 's' },
    { role: 'user', content: 'one' },
    { role: 'user', content: null },
  ];

  it('find the last user message and nested values', () => {
    expect(promptOf({ ...answer, messages: messages.slice(0, 2) })).toBe('one');
    expect(promptOf({ ...answer, messages })).toBe('');
    expect(promptOf({ prompt: 'p', messages })).toBe('p');
    expect(fieldAt({ a: { b: [1] } }, 'a.b.0')).toBe(1);
    expect(fieldAt({ a: { b: null } }, 'a.b.c')).toBeUndefined();
    expect(fieldAt('text', 'length')).toBeUndefined();
  });
});
