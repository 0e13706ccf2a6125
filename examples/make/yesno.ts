import type { Random } from '../../support/random.js';
import type { Facts } from './facts.js';
import { distinct, pick, sample } from './pick.js';
import type { Item, Kind } from './question.js';
import { categories, withArticle } from './words.js';

/** Statements to affirm or deny. A small model gives nearly the same answer to all, so this kind is a small control. */
export const yesno: Kind = {
  task: 'yesno',
  shots: [
    ['Is it true that a rose is a flower?', 'yes'],
    ['Is it true that Stockholm is the capital of Spain?', 'no'],
    ['Is it true that 9 is larger than 4?', 'yes'],
    ['Is it true that a spoon is a planet?', 'no'],
  ],
  items: (random, facts, count) =>
    distinct(
      count,
      (item) => item.wordings[0],
      () => item(random, facts),
    ),
};

function item(random: Random, facts: Facts): Item {
  const holds = random.next() < 0.5;
  const statement = pick(random, [member, larger, capital])(random, facts, holds);
  return {
    wordings: [
      `Is it true that ${statement}?`,
      `Yes or no: ${statement}.`,
      `Someone says that ${statement}. Is this right?`,
    ],
    reference: [holds ? 'yes' : 'no'],
    grader: 'contains',
    options: ['yes', 'no'],
  };
}

function member(random: Random, _facts: Facts, holds: boolean): string {
  const [category, other] = sample(random, Object.keys(categories), 2);
  return `"${pick(random, categories[holds ? category : other])}" is ${withArticle(category)}`;
}

function larger(random: Random, _facts: Facts, holds: boolean): string {
  const top = pick(random, [10, 100, 1000]);
  const [a, b] = distinct(2, String, () => 1 + random.int(top)).sort((x, y) => (holds ? y - x : x - y));
  return `${a} is larger than ${b}`;
}

function capital(random: Random, facts: Facts, holds: boolean): string {
  const [asked, other] = sample(random, facts.countries, 2);
  return `${(holds ? asked : other).capital} is the capital of ${asked.name}`;
}
