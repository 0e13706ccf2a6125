import type { Random } from '../../support/random.js';
import type { Facts } from './facts.js';
import { distinct, pick, sample } from './pick.js';
import type { Item, Kind } from './question.js';
import { categories, withArticle } from './words.js';

/**
 * Each passage contains the answer among similar statements, or contradicts a well-known fact. The model has to read
 * the passage and not to recall.
 */
export const passages: Kind = {
  task: 'passages',
  shots: [
    ['Paul lives in Rome. Mary lives in Oslo.', 'Where does Mary live?', 'Mary lives in Oslo.'],
    ['Kim has a gold ring. Joe has a silver ring.', 'Who has the gold ring?', 'Kim has the gold ring.'],
    [
      'In this story the capital of Spain is Lima.',
      'What is the capital of Spain in the story?',
      'The capital of Spain is Lima.',
    ],
    ['Tom bought 3 lamps. Eve bought 8 chairs.', 'How many chairs did Eve buy?', 'Eve bought 8 chairs.'],
  ],
  items: (random, facts, count) =>
    distinct(
      count,
      (item) => item.context + item.wordings[0],
      () => item(random, facts),
    ),
};

const people =
  'Anna Ben Carla David Emma Frank Grace Henry Irene Jack Karen Leo Nina Oscar Peter Rosa Sam Tina Victor'.split(' ');

function item(random: Random, facts: Facts): Item {
  return pick(random, [homes, homes, owners, owners, counts, otherCapital, otherNumber, twoSteps])(random, facts);
}

/** Who lives where, 2 to 5 people. */
function homes(random: Random, facts: Facts): Item {
  const names = sample(random, people, 2 + random.int(4));
  const cities = sample(random, capitals(facts), names.length);
  const at = random.int(names.length);
  const passage = names.map((name, i) => `${name} lives in ${cities[i]}.`).join(' ');
  return random.next() < 0.5
    ? read(passage, cities[at], [`Where does ${names[at]} live?`, `In which city does ${names[at]} live?`])
    : read(passage, names[at], [`Who lives in ${cities[at]}?`, `Which person lives in ${cities[at]}?`]);
}

/** Capitals whose name is one short ASCII word, so that a passage stays short. */
function capitals(facts: Facts): string[] {
  return facts.countries.map((country) => country.capital).filter((capital) => /^[A-Za-z]{3,8}$/.test(capital));
}

/** Who owns what. Each thing occurs in two colours, so the thing alone does not identify the owner. */
function owners(random: Random): Item {
  const names = sample(random, people, 2 + random.int(4));
  const things = sample(random, categories['piece of clothing'], Math.ceil(names.length / 2));
  const colors = sample(random, categories.color, names.length);
  const at = random.int(names.length);
  const thing = (i: number) => things[i % things.length];
  const passage = names.map((name, i) => `${name} has ${withArticle(`${colors[i]} ${thing(i)}`)}.`).join(' ');
  return random.next() < 0.5
    ? read(passage, colors[at], [
        `Which color is the ${thing(at)} of ${names[at]}?`,
        `What color is ${names[at]}'s ${thing(at)}?`,
      ])
    : read(passage, names[at], [`Who has the ${colors[at]} ${thing(at)}?`, `Whose ${thing(at)} is ${colors[at]}?`]);
}

/** How many of something each person bought. */
function counts(random: Random): Item {
  const names = sample(random, people, 2 + random.int(4));
  const things = sample(random, categories.fruit, names.length).map(plural);
  const numbers = names.map(() => 2 + random.int(60));
  const at = random.int(names.length);
  const passage = names.map((name, i) => `${name} bought ${numbers[i]} ${things[i]}.`).join(' ');
  return read(
    passage,
    String(numbers[at]),
    [`How many ${things[at]} did ${names[at]} buy?`, `What number of ${things[at]} did ${names[at]} buy?`],
    'numeric',
  );
}

function plural(fruit: string): string {
  if (fruit.endsWith('y')) return `${fruit.slice(0, -1)}ies`;
  return fruit.endsWith('ch') ? `${fruit}es` : `${fruit}s`;
}

/** The passage states a wrong capital. */
function otherCapital(random: Random, facts: Facts): Item {
  const places = facts.countries.filter((country) => /^[A-Za-z]{3,8}$/.test(country.capital));
  const [asked, ...others] = sample(random, places, 2 + random.int(3));
  const moved = others[0].capital;
  const rest = others
    .slice(1)
    .map(
      (country, i) =>
        `The capital of ${country.name} is ${others[i].capital === moved ? asked.capital : others[i].capital}.`,
    );
  const passage = random.shuffle([`The capital of ${asked.name} is ${moved}.`, ...rest]).join(' ');
  return read(`In this story everything is different. ${passage}`, moved, [
    `In the story, what is the capital of ${asked.name}?`,
    `According to the story, which city is the capital of ${asked.name}?`,
  ]);
}

/** The passage changes a well-known number. */
function otherNumber(random: Random): Item {
  const [what, one, known] = pick(random, knownNumbers);
  const drawn = 1 + random.int(40);
  const right = drawn === known ? known + 1 : drawn;
  return read(
    `In a strange land ${one} has ${right} ${what}.`,
    String(right),
    [`How many ${what} does ${one} have in this land?`, `In the strange land, how many ${what} does ${one} have?`],
    'numeric',
  );
}

const knownNumbers: readonly (readonly [string, string, number])[] = [
  ['days', 'a week', 7],
  ['legs', 'a spider', 8],
  ['legs', 'a horse', 4],
  ['wheels', 'a bicycle', 2],
  ['wheels', 'a car', 4],
  ['months', 'a year', 12],
  ['fingers', 'a hand', 5],
  ['hours', 'a day', 24],
  ['sides', 'a triangle', 3],
  ['players', 'a football team', 11],
  ['strings', 'a violin', 4],
  ['wings', 'a bird', 2],
];

/** The question takes two steps: a person has an animal, and the animal has a colour. */
function twoSteps(random: Random): Item {
  const names = sample(random, people, 2 + random.int(2));
  const animals = sample(random, categories.animal, names.length);
  const colors = sample(random, categories.color, names.length);
  const at = random.int(names.length);
  const passage = [
    ...names.map((name, i) => `${name} has ${withArticle(animals[i])}.`),
    ...random.shuffle(animals.map((animal, i) => `The ${animal} is ${colors[i]}.`)),
  ].join(' ');
  return read(passage, colors[at], [
    `What color is the animal of ${names[at]}?`,
    `Which color does ${names[at]}'s animal have?`,
  ]);
}

function read(context: string, right: string, wordings: string[], grader: Item['grader'] = 'contains'): Item {
  return { context, wordings, reference: [right], grader };
}
