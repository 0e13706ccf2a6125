import { describe, expect, it } from 'vitest';
import { Tells, tells } from '../../../data/group/tells.js';

const asks = (text: string, ...media: string[]) => tells({ role: 'user', text, media });

describe('what a turn tells', () => {
  it.each([
    'What is the capital of Australia?',
    'Capital of France',
    '2+2?',
    'Explain photosynthesis in plants',
    'Is this true: the earth orbits around the sun once a year?',
    '法国的首都是哪里？',
    'ประเทศไทยมีกี่จังหวัด',
    'Quelle est la capitale du Chili ?',
  ])('%s', (text) => {
    expect(asks(text)).toBe(Tells.QUESTION);
  });

  it.each([
    'Hi',
    'Hello there, good morning!',
    'continue',
    'Yes please.',
    'Answer the question.',
    'Summarise this article in three short sentences.',
    'What is in this image?',
    'What does this mean?',
    '继续',
    'Merci',
    '',
    '…',
  ])('not: %s', (text) => {
    expect(asks(text)).toBe(Tells.NOTHING);
  });

  it.each(['make it cheaper', 'Can you make it cheaper?', 'Find me a hotel', 'Translate to French'])(
    'no more than the subject: %s',
    (text) => {
      expect(asks(text)).toBe(Tells.SUBJECT);
    },
  );

  it('with an image always', () => {
    expect(asks('What is in this image?', 'a.png')).toBe(Tells.QUESTION);
  });
});
