/**
 * Labels that both train and certify: the split against nested cross-fitting, on samples whose truth is known. The rows
 * of signals are real; the labels are drawn from fitted probabilities. The recipe is light (logistic regression, its
 * penalty, Platt scaling, thresholds, all nested). For each cell and method: the mean true coverage (0 where nothing
 * was certified) and the broken promises. `npx tsx bench/certify-cross.ts [--draws 500] [--sizes 400,1000,all,3000]
 * [--alphas .05,.1,.2,.3] [--only NAME,NAME] [--data DIR] [--extra uncapped,t,prequential] [--cache FILE]`; finished
 * cells are kept in FILE and not run again.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Cell, cellsOf } from './cross/cell.js';
import { sizedPopulations } from './cross/populations.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '500' },
    sizes: { type: 'string', default: '400,1000,all' },
    alphas: { type: 'string', default: '.05,.1,.2,.3' },
    only: { type: 'string', default: '' },
    extra: { type: 'string', default: '' },
    seed: { type: 'string', default: '' },
    data: { type: 'string' },
    cache: { type: 'string' },
  },
});
const DELTA = 0.05;
const draws = Number(values.draws);
const alphas = values.alphas.split(',').map(Number);
const extra = values.extra.split(',').filter(Boolean);
const { seed, cache } = values;

const finished = new Map<string, Cell[]>();
if (cache !== undefined && existsSync(cache)) {
  for (const line of readFileSync(cache, 'utf8').split('\n').filter(Boolean)) {
    const { key, cells } = JSON.parse(line) as { key: string; cells: Cell[] };
    finished.set(key, cells);
  }
}

const others = extra.map((way) => ` ${way} |`).join('');
const measures = 'split ÷ possible | refit ÷ possible | quotient | s |';
console.log(`# bench/certify-cross: ${machine()}, ${draws} draws, δ = .05; mean true coverage (broken promises)
| population | questions | α | possible | split | folds | refit |${others} ${measures}
| --- | ---: | ---: | ---: | ---: | ---: | ---: |${extra.map(() => ' ---: |').join('')} ---: | ---: | ---: | ---: |`);
for await (const { name, population, size } of sizedPopulations(values)) {
  const key = JSON.stringify([name, size, alphas, draws, extra, seed]);
  const started = performance.now();
  const cells = finished.get(key) ?? cellsOf(population, { size, alphas, delta: DELTA, draws, extra, seed });
  if (cache !== undefined && !finished.has(key)) appendFileSync(cache, `${JSON.stringify({ key, cells })}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  for (const cell of cells) if (cell.possible > 0.05) console.log(`| ${name} | ${size} | ${row(cell)} | ${seconds} |`);
}

function row({ alpha, possible, ways }: Cell): string {
  const { split, folds, refit } = ways;
  const said = [split, folds, refit, ...extra.map((way) => ways[way])];
  const found = said.map(({ coverage, broken }) => `${coverage.toFixed(3)} (${broken})`).join(' | ');
  const quotient = split.share > 0 ? (refit.share / split.share).toFixed(2) : '–';
  return [alpha, possible.toFixed(3), found, split.share.toFixed(3), refit.share.toFixed(3), quotient].join(' | ');
}
