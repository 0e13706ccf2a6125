import type { Random } from '../../support/random.js';
import type { Country, Facts } from './facts.js';
import { sample } from './pick.js';
import type { Item, Kind } from './question.js';

/** Facts of the world: capitals, continents and languages of countries, symbols and numbers of elements. */
export const world: Kind = {
  task: 'facts',
  shots: [
    ['What is the capital of Sweden?', 'It is Stockholm.'],
    ['On which continent is Ghana?', 'It is Africa.'],
    ['What is the chemical symbol of iron?', 'It is Fe.'],
    ['Which language is spoken in Brazil?', 'It is Portuguese.'],
    ['What is the atomic number of helium?', 'It is 2.'],
  ],
  items: (random, facts, count) => sample(random, all(random, facts), count),
};

const shown = new Set(['Sweden', 'Ghana', 'Brazil']);

function all(_random: Random, facts: Facts): Item[] {
  const countries = facts.countries.filter((country) => !shown.has(country.name));
  return [
    ...countries.map(capital),
    ...countries.filter((country) => country.continent !== 'Antarctica').map(continent),
    ...countries.filter((country) => country.languages.length === 1).map(language),
    ...facts.elements
      .filter(({ name }) => name !== 'Iron')
      .map(({ name, symbol }) => symbolOf(name.toLowerCase(), symbol)),
    ...facts.elements
      .filter(({ number }) => number !== 2 && number <= 60)
      .map(({ name, number }) => numberOf(name.toLowerCase(), number)),
  ];
}

function capital({ name, capital }: Country): Item {
  return contains(capital, [
    `What is the capital of ${name}?`,
    `Which city is the capital of ${name}?`,
    `Name the capital city of ${name}.`,
  ]);
}

function continent({ name, continent }: Country): Item {
  return contains(continent, [`On which continent is ${name}?`, `Which continent does ${name} belong to?`]);
}

function language({ name, languages }: Country): Item {
  return contains(languages[0], [`Which language is spoken in ${name}?`, `What is the official language of ${name}?`]);
}

function symbolOf(name: string, symbol: string): Item {
  const wordings = [`What is the chemical symbol of ${name}?`, `Which symbol stands for the element ${name}?`];
  return { wordings, reference: [symbol, `It is ${symbol}`, `It is ${symbol}.`], grader: 'exact' };
}

function numberOf(name: string, number: number): Item {
  const wordings = [`What is the atomic number of ${name}?`, `How many protons does an atom of ${name} have?`];
  return { wordings, reference: [String(number)], grader: 'numeric' };
}

function contains(right: string, wordings: string[]): Item {
  return { wordings, reference: [right], grader: 'contains' };
}
