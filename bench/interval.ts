/**
 * How often `low` to `high` contains the share of right answers among answers with nearly this score (and the same
 * model and task, where these are given). The rows of signals are real and the labels drawn from fitted probabilities,
 * so this share is known; the Venn–Abers pair is shown for comparison. By population and number of questions: the mean
 * over all rows, the least of the ten tenths of the score, the least of the cells, and the mean width. Then with real
 * labels: the tenths of a held-out half whose observed share is inside. `npx tsx bench/interval.ts [--draws 100]
 * [--halves 20] [--sizes 400,1000,all] [--only NAME] [--data DIR]`
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { random } from '../support/random.js';
import { drawSample, populationOf, type RealAnswers } from './cross/population.js';
import { fitRecipe } from './cross/recipe.js';
import { type Bounds, boundsOf, cellIndexes, tenthsOf } from './interval/bounds.js';
import { observedInside } from './interval/observed.js';
import { withCells } from './interval/told.js';
import { truthNear } from './interval/truth.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '100' },
    halves: { type: 'string', default: '20' },
    sizes: { type: 'string', default: '400,1000,all' },
    only: { type: 'string' },
    data: { type: 'string' },
  },
});
const draws = Number(values.draws);
const halves = Number(values.halves);

/** The populations: name, answers, labels, which answers are kept, whether model and task are given. */
const every = () => true;
const sets: [
  string,
  string,
  string | undefined,
  (model: string, question: number, place: number) => boolean,
  boolean,
][] = [
  ['smollm2', 'examples/smollm2.jsonl.gz', undefined, every, false],
  ['smollm2, one answer', 'examples/smollm2.jsonl.gz', undefined, (_, __, place) => place === 0, false],
  ['smollm2, six tasks told', 'examples/smollm2.jsonl.gz', undefined, every, true],
  ['gemma', 'examples/gemma.jsonl.gz', undefined, every, false],
];
if (values.data !== undefined) {
  const answers = join(values.data, 'triviaqa-5-systems.jsonl.gz');
  const labels = join(values.data, 'triviaqa-5-systems.grades.csv');
  sets.push(['triviaqa, five models told', answers, labels, every, true]);
  sets.push(['triviaqa, five answers', answers, labels, every, false]);
  for (const model of ['fid', 'gpt35', 'chatgpt', 'gpt4', 'newbing']) {
    sets.push([`triviaqa ${model}`, answers, labels, (name) => name === model, false]);
  }
}

/** Coverage of all rows, of each tenth and of each cell, and the mean width. */
interface Tally {
  covered: number;
  width: number;
  tenths: number[];
  cells: number[];
}

function add(tally: Tally, { low, high }: Bounds, truth: Float64Array, tenths: number[][], cells: number[][]): void {
  const share = (rows: ArrayLike<number>) => {
    let inside = 0;
    for (let k = 0; k < rows.length; k++) {
      if (truth[rows[k]] >= low[rows[k]] && truth[rows[k]] <= high[rows[k]]) inside++;
    }
    return inside / rows.length / draws;
  };
  tally.covered += share(Int32Array.from(truth.keys()));
  tally.width += low.reduce((sum, v, i) => sum + high[i] - v, 0) / low.length / draws;
  tenths.forEach((rows, t) => {
    tally.tenths[t] += share(rows);
  });
  cells.forEach((rows, c) => {
    tally.cells[c] += share(rows);
  });
}

function cell(population: RealAnswers, size: number, isTold: boolean): void {
  const cells = cellIndexes(population, isTold);
  const all = Array.from(population.chance.keys());
  const members = Array.from({ length: cells.count }, (_, c) => all.filter((row) => cells.of[row] === c));
  const empty = (): Tally => ({ covered: 0, width: 0, tenths: Array(10).fill(0), cells: members.map(() => 0) });
  const [band, vennAbers] = [empty(), empty()];
  for (let k = 0; k < draws; k++) {
    const draw = random(`${population.name} ${size} ${k}`);
    const sample = drawSample(population, size, draw);
    const fitted = fitRecipe(population, sample, Int32Array.from(sample.row.keys()), draw);
    const truth = truthNear(fitted.probability, population.chance, isTold ? population.cell : null);
    const bounds = boundsOf(fitted, sample, cells);
    const tenths = tenthsOf(fitted.probability, all);
    add(band, bounds.band, truth, tenths, members);
    add(vennAbers, bounds.vennAbers, truth, tenths, members);
  }
  const said = [band, vennAbers].flatMap(({ covered, tenths, cells: byCell, width }) => [
    covered.toFixed(3),
    Math.min(...tenths).toFixed(2),
    isTold ? Math.min(...byCell).toFixed(2) : '',
    width.toFixed(3),
  ]);
  console.log(`| ${population.name} | ${size} | ${said.join(' | ')} |`);
}

const started = performance.now();
console.log(`# bench/interval: ${machine()}, ${draws} draws; share of rows whose known share is inside
| population | questions | band | least tenth | least cell | width | Venn–Abers | least tenth | least cell | width |
| --- | ---: | ${Array(8).fill('---:').join(' | ')} |`);
const populations: { population: RealAnswers; isTold: boolean }[] = [];
for (const [name, answers, labels, keep, isTold] of sets) {
  if (values.only !== undefined && !name.includes(values.only)) continue;
  const plain = await populationOf(name, answers, labels, keep);
  const population = isTold ? withCells(plain) : plain;
  populations.push({ population, isTold });
  const known = population.questions.length;
  for (const word of values.sizes.split(',')) {
    const size = word === 'all' ? known : Number(word);
    if (draws > 0 && (word === 'all' || size < known)) cell(population, size, isTold);
  }
}

console.log(`
real labels, ${halves} random halves: tenths of the held-out half whose observed share is inside, without and with
its own random error
| set | band | with chance | Venn–Abers | with chance |
| --- | ---: | ---: | ---: | ---: |`);
for (const { population, isTold } of populations) {
  const found = Array.from({ length: halves }, (_, k) =>
    observedInside(population, isTold, random(`${population.name} half ${k}`)),
  );
  const mean = (of: (each: (typeof found)[number]) => number) =>
    (found.reduce((sum, each) => sum + of(each), 0) / halves).toFixed(2);
  const said = [
    mean(({ band }) => band.plain),
    mean(({ band }) => band.withChance),
    mean(({ vennAbers }) => vennAbers.plain),
    mean(({ vennAbers }) => vennAbers.withChance),
  ];
  console.log(`| ${population.name} | ${said.join(' | ')} |`);
}
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
