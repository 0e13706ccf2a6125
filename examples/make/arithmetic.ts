import type { Random } from '../../support/random.js';
import { distinct, pick } from './pick.js';
import type { Item, Kind } from './question.js';

/**
 * Sums, differences and products with one to four digits. A small model can add small numbers and guesses large
 * results.
 */
export const arithmetic: Kind = {
  task: 'arithmetic',
  shots: [
    ['What is 3 + 4?', '3 + 4 = 7'],
    ['Compute 12 - 5.', '12 - 5 = 7'],
    ['What do you get if you multiply 6 by 3?', '6 x 3 = 18'],
    ['27 + 31 = ?', '27 + 31 = 58'],
    ['Subtract 6 from 15.', '15 - 6 = 9'],
  ],
  items: (random, _facts, count) =>
    distinct(
      count,
      (item) => item.wordings[0],
      () => item(random),
    ),
};

function item(random: Random): Item {
  const make = pick(random, [sum, sum, sum, difference, difference, product, product, three]);
  return make(random);
}

/** A whole number of 1 to 3 digits. Short ones are more frequent. */
function number(random: Random): number {
  const digits = pick(random, [1, 1, 1, 2, 2, 3]);
  const low = digits === 1 ? 2 : 10 ** (digits - 1);
  return low + random.int(10 ** digits - low);
}

function sum(random: Random): Item {
  const [a, b] = [number(random), number(random)];
  return asked(a + b, [
    `What is ${a} + ${b}?`,
    `${a} + ${b} = ?`,
    `Add ${b} to ${a}.`,
    `What is the sum of ${a} and ${b}?`,
  ]);
}

function difference(random: Random): Item {
  const [x, y] = [number(random), number(random)];
  const [a, b] = x > y ? [x, y] : [y, x];
  return asked(a - b, [
    `What is ${a} - ${b}?`,
    `${a} - ${b} = ?`,
    `Subtract ${b} from ${a}.`,
    `What is ${a} minus ${b}?`,
  ]);
}

function product(random: Random): Item {
  const a = 2 + random.int(11);
  const b = 2 + random.int(pick(random, [9, 9, 9, 19]));
  return asked(a * b, [
    `What is ${a} x ${b}?`,
    `${a} * ${b} = ?`,
    `Multiply ${a} by ${b}.`,
    `What is ${a} times ${b}?`,
  ]);
}

function three(random: Random): Item {
  const [a, b, c] = [2 + random.int(18), 2 + random.int(18), 2 + random.int(8)];
  return asked(a + b + c, [`What is ${a} + ${b} + ${c}?`, `${a} + ${b} + ${c} = ?`, `Add up ${a}, ${b} and ${c}.`]);
}

function asked(right: number, wordings: string[]): Item {
  return { wordings, reference: [String(right)], grader: 'numeric' };
}
