/**
 * Labels that serve twice: the split, nested cross-fitting and the prequential form on samples whose truth is known. Real rows of
 * signals, labels drawn from a fitted chance; a light recipe (logistic regression, its penalty, Platt scaling, thresholds: all
 * nested). For each way the mean true coverage (0 where nothing was certified) and the broken promises.
 * `npx tsx bench/certify-cross.ts [--draws 100] [--sizes 400,1000,all,3000] [--alphas .05,.1] [--only NAME] [--data DIR]`
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { random } from '../support/random.js';
import { type Drawable, drawSample, populationOf } from './cross/population.js';
import { crossWay, fitsOf, type Outcome, possible, prequentialWay, splitWay, tests } from './cross/procedures.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '100' },
    sizes: { type: 'string', default: '400,1000,all' },
    alphas: { type: 'string', default: '.05,.1,.2,.3' },
    only: { type: 'string' },
    data: { type: 'string' },
  },
});
const draws = Number(values.draws);
const alphas = values.alphas.split(',').map(Number);

/** The populations: name, answers, labels, and which answers of a question are kept. */
const every = () => true;
const sets: [string, string, string | undefined, (model: string, question: number, place: number) => boolean][] = [
  ['smollm2', 'examples/smollm2.jsonl.gz', undefined, every],
  ['gemma', 'examples/gemma.jsonl.gz', undefined, every],
];
if (values.data !== undefined) {
  const answers = join(values.data, 'triviaqa-5-systems.jsonl.gz');
  const labels = join(values.data, 'triviaqa-5-systems.grades.csv');
  sets.push(['triviaqa, five answers', answers, labels, every]);
  sets.push(['triviaqa, one to five answers', answers, labels, (_, question, place) => place <= (question * 7) % 5]);
  for (const model of ['fid', 'gpt35', 'chatgpt', 'gpt4', 'newbing']) {
    sets.push([`triviaqa ${model}`, answers, labels, (name) => name === model]);
  }
}

interface Tally {
  coverage: number;
  certified: number;
  broken: number;
}

function count(tally: Tally, outcome: Outcome, alpha: number): void {
  if (outcome === null) return;
  tally.certified++;
  tally.coverage += outcome.coverage / draws;
  if (outcome.risk > alpha) tally.broken++;
}

const ways = ['split', 'cross t: folds', 'cross: folds', 'cross: mean', 'cross: refit', 'prequential'] as const;

function cell(population: Drawable, size: number): void {
  const tallies = alphas.map(() => ways.map(() => ({ coverage: 0, certified: 0, broken: 0 })));
  const best = alphas.map(() => 0);
  for (let k = 0; k < draws; k++) {
    const draw = random(`${population.name} ${size} ${k}`);
    const sample = drawSample(population, size, draw);
    const fits = fitsOf(population, sample, draw);
    alphas.forEach((alpha, a) => {
      const [t, binomial] = ['t', 'binomial'].map((name) => crossWay(population, sample, fits, alpha, tests[name]));
      const found: Outcome[] = [
        splitWay(population, sample, fits, alpha, draw.fork(`split ${alpha}`)),
        t?.folds ?? null,
        binomial?.folds ?? null,
        binomial?.mean ?? null,
        binomial?.refit ?? null,
        prequentialWay(population, sample, fits, alpha),
      ];
      found.forEach((outcome, w) => {
        count(tallies[a][w], outcome, alpha);
      });
      best[a] += possible(population, fits, alpha) / draws;
    });
  }
  alphas.forEach((alpha, a) => {
    if (best[a] < 0.05 || best[a] > 0.99) return;
    const said = tallies[a].map(({ coverage, broken }) => `${coverage.toFixed(3)} (${broken})`);
    console.log(`| ${population.name} | ${size} | ${alpha} | ${best[a].toFixed(3)} | ${said.join(' | ')} |`);
  });
}

const started = performance.now();
console.log(`# bench/certify-cross: ${machine()}, ${draws} draws, δ = .05; mean true coverage (broken promises)
| population | questions | α | possible | ${ways.join(' | ')} |
| --- | ---: | ---: | ---: | ${ways.map(() => '---:').join(' | ')} |`);
for (const [name, answers, labels, keep] of sets) {
  if (values.only !== undefined && !name.includes(values.only)) continue;
  const population = await populationOf(name, answers, labels, keep);
  const known = population.questions.length;
  for (const word of values.sizes.split(',')) {
    const size = word === 'all' ? known : Number(word);
    if (word !== 'all' && size < 3000 && size >= known) continue;
    cell(population, size);
  }
}
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
