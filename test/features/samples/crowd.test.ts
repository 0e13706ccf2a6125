import { expect, it } from 'vitest';
import { Crowd, MOST_TEXTS, Tier } from '../../../features/samples/crowd.js';
import { foldedHash } from '../../../features/words/fold.js';
import { scanWords } from '../../../features/words/scan.js';
import { WordMap } from '../../../features/words/word-map.js';
import { Words } from '../../../features/words/words.js';

function crowdOf(prompt: WordMap, texts: string[]): Crowd {
  const crowd = new Crowd();
  for (const text of texts) {
    const words = new Words();
    scanWords(text, words);
    crowd.add(words, words.ids, prompt);
  }
  crowd.compare();
  return crowd;
}

it('knows which texts contain a word, up to the last text of a full crowd and beyond the first 256 words', () => {
  const many = Array.from({ length: 300 }, (_, i) => `word${i}`).join(' ');
  const texts = Array.from({ length: MOST_TEXTS }, (_, i) => (i % 31 === 1 ? 'blue lagoon' : i === 3 ? many : 'green'));
  const crowd = crowdOf(new WordMap(), texts);
  const having = (word: string) => texts.flatMap((_, i) => (crowd.has(i, foldedHash(word)) ? [i] : []));
  expect(having('blue')).toEqual([1, 32]);
  expect(having('word299')).toEqual([3]);
  expect(having('green')).toEqual(texts.flatMap((text, i) => (text === 'green' ? [i] : [])));
  expect(having('red')).toEqual([]);
  expect(crowd.shared(1, 32, Tier.REST)).toBe(2);
});

it('says of each word of the last text what it shows: a number, a name, fresh, in the prompt, a function word', () => {
  const prompt = new WordMap();
  prompt.set(foldedHash('capital'), 1);
  const { tiers } = crowdOf(prompt, ['nothing', 'the capital since 1913 of Australia was planned']);
  expect([...tiers.subarray(0, 8)]).toEqual([
    Tier.REST,
    Tier.CONTENT,
    Tier.REST,
    Tier.NAME,
    Tier.REST,
    Tier.NAME,
    Tier.REST,
    Tier.FRESH,
  ]);
});
