import type { Random } from '../../support/random.js';
import type { Facts } from './facts.js';
import { distinct, pick, sample } from './pick.js';
import type { Item, Kind } from './question.js';
import { categories, withArticle } from './words.js';

/**
 * Multiple choice with two to four options: which option belongs to a category, which number is the largest, which
 * capital is right.
 */
export const choice: Kind = {
  task: 'choice',
  shots: [
    ['Which of these is a planet?\nA) spoon\nB) Mars\nC) shoe', 'B'],
    ['Which number is the largest?\nA) 91\nB) 14\nC) 30', 'A'],
    ['What is the capital of Sweden?\nA) Madrid\nB) Cairo\nC) Berlin\nD) Stockholm', 'D'],
    ['Which of these is a flower?\nA) brick\nB) bottle\nC) rose', 'C'],
  ],
  items: (random, facts, count) =>
    distinct(
      count,
      (item) => item.wordings[0],
      () => item(random, facts),
    ),
};

function item(random: Random, facts: Facts): Item {
  return pick(random, [belongs, belongs, belongs, largest, capital, symbol])(random, facts);
}

function belongs(random: Random): Item {
  const [category, ...others] = sample(random, Object.keys(categories), 4);
  const rivals = others.slice(0, 1 + random.int(3)).map((other) => pick(random, categories[other]));
  return lettered(random, pick(random, categories[category]), rivals, [
    `Which of these is ${withArticle(category)}?`,
    `One of these is ${withArticle(category)}. Which one?`,
  ]);
}

function largest(random: Random): Item {
  const top = pick(random, [20, 100, 1000, 10000]);
  const numbers = distinct(2 + random.int(3), String, () => 1 + random.int(top));
  const right = Math.max(...numbers);
  const rivals = numbers.filter((number) => number !== right).map(String);
  return lettered(random, String(right), rivals, [
    'Which number is the largest?',
    'Which of these numbers is the greatest?',
  ]);
}

function capital(random: Random, facts: Facts): Item {
  const [asked, ...others] = sample(random, facts.countries, 4);
  const rivals = others.slice(0, 1 + random.int(3)).map((country) => country.capital);
  return lettered(random, asked.capital, rivals, [
    `What is the capital of ${asked.name}?`,
    `Which city is the capital of ${asked.name}?`,
  ]);
}

function symbol(random: Random, facts: Facts): Item {
  const [asked, ...others] = sample(random, facts.elements.slice(0, 60), 4);
  const rivals = others.slice(0, 1 + random.int(3)).map((element) => element.symbol);
  const name = asked.name.toLowerCase();
  return lettered(random, asked.symbol, rivals, [
    `What is the chemical symbol of ${name}?`,
    `Which symbol stands for ${name}?`,
  ]);
}

/** The options with letters, in random order. */
function lettered(random: Random, right: string, rivals: string[], wordings: [string, string]): Item {
  const options = random.shuffle([right, ...rivals]);
  const letters = options.map((_, i) => 'ABCD'[i]);
  const list = options.map((option, i) => `${letters[i]}) ${option}`).join('\n');
  return {
    wordings: [`${wordings[0]}\n${list}`, `${list}\n${wordings[1]}`],
    reference: [letters[options.indexOf(right)]],
    grader: 'choice',
    options: letters,
  };
}
