import { describe, expect, it } from 'vitest';
import { foldedHash } from '../../features/words/fold.js';
import { Gist } from '../../features/words/gist.js';
import { Question, questionOf } from '../../features/words/question-form.js';
import { scanWords } from '../../features/words/scan.js';
import { Words } from '../../features/words/words.js';

function gist(text: string): Gist {
  const words = new Words();
  scanWords(text, words);
  const found = new Gist();
  found.load(words, text);
  return found;
}

function asks(text: string): Question {
  const words = new Words();
  scanWords(text, words);
  return questionOf(words);
}

describe('Gist', () => {
  it.each([
    ['Yes', 1],
    ['Yes, Paris is.', 1],
    ['No.', 0],
    ['False', 0],
    ['It is true that he did.', 1],
    ['The statement is not correct.', 0],
    ['The correct answer is B', -1],
    ['True love', -1],
    ['No evidence was found', -1],
    ['Paris, yes', -1],
    ['', -1],
  ])('polarity of %j is %i', (text, polarity) => {
    expect(gist(text).polarity).toBe(polarity);
  });

  it.each([
    ['B', 1],
    ['b', 1],
    ['(c)', 2],
    ['D. Paris', 3],
    ['The answer is B', 1],
    ['The correct option is (A).', 0],
    ['Not (A) but (C)', 2],
    ['**Answer: C**', 2],
    ['A cat sat there', -1],
    ['I think so', -1],
    ['Vitamin C', -1],
    ['Paris', -1],
  ])('option of %j is %i', (text, option) => {
    expect(gist(text).option).toBe(option);
  });

  it('takes the last number, and equal words for equal but for form', () => {
    expect(gist('3 + 4 = 7').number).toBe(foldedHash('7'));
    expect(gist('no digits').number).toBe(0);
    expect(gist('The Beatles').exact).toBe(gist('beatles.').exact);
    expect(gist('Beatles rule').exact).not.toBe(gist('rule Beatles').exact);
    expect(gist("I'm sorry, I couldn't find that").refuses).toBe(true);
  });
});

describe('questionOf', () => {
  it.each([
    ['Who wrote Hamlet?', Question.PERSON],
    ['In which year did it end?', Question.TIME],
    ['How many legs has a spider?', Question.NUMBER],
    ['What is the capital of France?', Question.THING],
    ['Which country is Oslo in?', Question.PLACE],
    ['Where was he born?', Question.PLACE],
    ['Why is the sky blue?', Question.REASON],
    ['Is Oslo in Norway?', Question.YES_NO],
    ['Oslo is in Norway. True or false?', Question.YES_NO],
    ['This film won Oscars; which film was it?', Question.THING],
    ['Which is it?\nA) red\nB) blue', Question.CHOICE],
    ['Taphephobia means fear', Question.UNKNOWN],
    ['', Question.UNKNOWN],
  ])('%j', (text, form) => {
    expect(asks(text)).toBe(form);
  });
});
