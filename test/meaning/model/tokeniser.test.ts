import { expect, it } from 'vitest';
import { longestFirst, openTokeniser } from '../../../meaning/model/tokeniser.js';
import { wordTokenizer as content } from '../tiny-encoder.js';

it('numbers the tokens of a text, cut to the room that special tokens leave', async () => {
  const { one } = await openTokeniser(content, 5, 'tokenizer.json');
  expect(one('Paris is nice')).toEqual({ ids: [2, 4, 5, 1, 3], types: [0, 0, 0, 0, 0] });
  expect(one('Paris is the capital of France')).toEqual({ ids: [2, 4, 5, 6, 3], types: [0, 0, 0, 0, 0] });
  expect(one('')).toEqual({ ids: [2, 3], types: [0, 0] });
});

it('numbers a pair, and cuts its longer text first', async () => {
  const { pair } = await openTokeniser(content, 8, 'tokenizer.json');
  expect(pair('Paris is', 'the capital')).toEqual({ ids: [2, 4, 5, 3, 6, 7, 3], types: [0, 0, 0, 0, 1, 1, 1] });
  expect(pair('Paris is the capital', 'of')).toEqual({
    ids: [2, 4, 5, 6, 7, 3, 8, 3],
    types: [0, 0, 0, 0, 0, 0, 1, 1],
  });
  expect(pair('Paris is the capital', '')).toEqual({ ids: [2, 4, 5, 6, 7, 3, 3], types: [0, 0, 0, 0, 0, 0, 1] });
});

it('keeps as many tokens of each text as Hugging Face tokenizers do', () => {
  expect(longestFirst(3, 2, 5)).toEqual([3, 2]);
  expect(longestFirst(9, 1, 5)).toEqual([4, 1]);
  expect(longestFirst(1, 9, 5)).toEqual([1, 4]);
  expect(longestFirst(9, 8, 5)).toEqual([3, 2]);
  expect(longestFirst(8, 9, 5)).toEqual([2, 3]);
  expect(longestFirst(9, 9, 5)).toEqual([2, 3]);
});

it('refuses a tokenizer of an unknown kind, and too small a limit', async () => {
  const odd = { ...content, model: { type: 'Runes', vocab: {} } };
  await expect(openTokeniser(odd, 8, 'tokenizer.json')).rejects.toMatchObject({ code: 'ENCODER_BAD' });
  const refused = { code: 'ENCODER_BAD', detail: { field: 'maxTokens', expected: 'more than 2 tokens', got: 2 } };
  await expect(openTokeniser(content, 2, 'tokenizer.json')).rejects.toMatchObject(refused);
});
