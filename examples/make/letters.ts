import type { Random } from '../../support/random.js';
import { distinct, pick } from './pick.js';
import type { Item, Kind } from './question.js';
import { words } from './words.js';

/**
 * Letters of a word: how many there are, how often one occurs, and which is the first, last or nth. A model sees
 * tokens, not letters.
 */
export const letters: Kind = {
  task: 'letters',
  shots: [
    ['How many letters are in the word "ship"?', '4 letters'],
    ['What is the first letter of "window"?', 'w'],
    ['How many times does the letter "o" occur in "book"?', '2 times'],
    ['Which letter does "garden" end with?', 'n'],
    ['How often does "t" appear in the word "cloud"?', '0 times'],
    ['Which letter does "kitten" start with?', 'k'],
    ['Count the letter "m" in "mouse".', '1 time'],
    ['What is the second letter of "street"?', 't'],
  ],
  items: (random, _facts, count) =>
    distinct(
      count,
      (item) => item.wordings[0],
      () => item(random),
    ),
};

function item(random: Random): Item {
  const word = pick(random, words);
  return pick(random, [length, occurrences, occurrences, occurrences, first, first, first, last, nth])(random, word);
}

function length(_random: Random, word: string): Item {
  return counted(word.length, [
    `How many letters are in the word "${word}"?`,
    `How many letters does "${word}" have?`,
    `Count the letters of "${word}".`,
  ]);
}

function occurrences(random: Random, word: string): Item {
  const often = [...word].filter((letter, i) => word.indexOf(letter) !== i);
  const letter = pick(random, random.next() < 0.4 && often.length > 0 ? often : [...word, 'e', 's']);
  return counted([...word].filter((other) => other === letter).length, [
    `How many times does the letter "${letter}" occur in "${word}"?`,
    `How often does "${letter}" appear in the word "${word}"?`,
    `Count the letter "${letter}" in "${word}".`,
  ]);
}

function first(_random: Random, word: string): Item {
  return spelled(word[0], [`What is the first letter of "${word}"?`, `Which letter does "${word}" start with?`]);
}

function last(_random: Random, word: string): Item {
  return spelled(word.slice(-1), [`What is the last letter of "${word}"?`, `Which letter does "${word}" end with?`]);
}

function nth(random: Random, word: string): Item {
  const names = ['second', 'third', 'fourth'];
  const at = 1 + random.int(Math.min(3, word.length - 1));
  const name = names[at - 1];
  return spelled(word[at], [`What is the ${name} letter of "${word}"?`, `Which letter comes ${name} in "${word}"?`]);
}

function counted(right: number, wordings: string[]): Item {
  return { wordings, reference: [String(right)], grader: 'numeric' };
}

function spelled(right: string, wordings: string[]): Item {
  return { wordings, reference: [right], grader: 'contains' };
}
