import { join } from 'node:path';
import { random } from '../../support/random.js';
import { kinds, makePopulation } from '../certify-population.js';
import { HEAVY, heavyPopulation } from './heavy.js';
import { type Drawable, madePopulation, populationOf } from './population.js';

/** The systems of triviaqa-5-systems. */
const SYSTEMS = ['fid', 'gpt35', 'chatgpt', 'gpt4', 'newbing'];
/** Number of questions in a generated population. */
const MADE = 4000;

/** Populations by name, each opened when it is needed. `data` is the folder of triviaqa-5-systems. */
export function populations(data?: string): [string, () => Promise<Drawable>][] {
  const shipped = ['smollm2', 'gemma'].map((name): [string, () => Promise<Drawable>] => [
    name,
    () => populationOf(name, `examples/${name}.jsonl.gz`, undefined, () => true),
  ]);
  const made = kinds
    .filter(({ weighted, harder }) => weighted === true || harder !== undefined)
    .map((kind): [string, () => Promise<Drawable>] => {
      const { name, together, harder = 0 } = kind;
      const population = () => makePopulation(kind, MADE, random(name));
      return [
        name,
        async () => madePopulation(name, population(), { together, harder: (answers) => harder * (answers - 3) }),
      ];
    });
  const { name: heavyName, together, harder } = HEAVY;
  made.push([
    heavyName,
    async () =>
      madePopulation(heavyName, heavyPopulation(MADE), { together, harder: (answers) => harder * Math.log(answers) }),
  ]);
  if (data === undefined) return [...shipped, ...made];
  const real = (name: string, keep: Parameters<typeof populationOf>[3]): [string, () => Promise<Drawable>] => [
    name,
    () =>
      populationOf(name, join(data, 'triviaqa-5-systems.jsonl.gz'), join(data, 'triviaqa-5-systems.grades.csv'), keep),
  ];
  return [
    ...SYSTEMS.map((system) => real(`triviaqa ${system}`, (model) => model === system)),
    ...shipped,
    real('triviaqa, one to five answers', (_, question, place) => place <= (question * 7) % 5),
    real('triviaqa, five answers', () => true),
    ...made,
  ];
}

/** The populations whose name contains one of `only` (all if it is empty), each at every size that it has. */
export async function* sizedPopulations({ data, only, sizes }: { data?: string; only: string; sizes: string }) {
  const wanted = only.split(',').filter(Boolean);
  for (const [name, open] of populations(data)) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
    const population = await open();
    const known = population.questions.length;
    for (const word of sizes.split(',')) {
      const size = word === 'all' ? known : Number(word);
      // 3,000 and more are drawn with copies
      if (word === 'all' || size >= 3000 || size < known) yield { name, population, size };
    }
  }
}
