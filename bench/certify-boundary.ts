/**
 * The asymptotic test at its boundary: how often it passes a threshold whose true error rate is exactly α (δ allows
 * 5%), compared with a t-test, where accepted questions × α are few. `npx tsx bench/certify-boundary.ts [--draws 4000]`
 */
import { parseArgs } from 'node:util';
import { random } from '../support/random.js';
import { kinds, makePopulation, type Population } from './certify-population.js';
import { passesAtBoundary } from './cross/boundary.js';
import { HEAVY, heavyPopulation } from './cross/heavy.js';
import { machine } from './venv.js';

const { values } = parseArgs({ options: { draws: { type: 'string', default: '4000' } } });
const draws = Number(values.draws);
const QUESTIONS = 4000;
const ALPHAS = [0.05, 0.1, 0.2];
const EXPECTED = [10, 20, 50];

const populations: [string, Population][] = [
  ...kinds.map((kind): [string, Population] => [kind.name, makePopulation(kind, QUESTIONS, random(kind.name))]),
  ...[0.7, HEAVY.spread, 1.6].map((spread): [string, Population] => [
    `${HEAVY.name}, log spread ${spread}`,
    heavyPopulation(QUESTIONS, { ...HEAVY, spread }),
  ]),
];
const columns = EXPECTED.map((n) => `${n}: clustered | t-test`).join(' | ');
console.log(`# bench/certify-boundary: ${machine()}, ${draws} draws, δ = .05; passed at a true error rate of exactly α,
by effective accepted questions × α
| population | α | ${columns} |
| --- | ---: | ${EXPECTED.map(() => '---: | ---:').join(' | ')} |`);
for (const [name, population] of populations) {
  for (const alpha of ALPHAS) {
    const cells = EXPECTED.map((expected) => {
      const { clustered, t } = passesAtBoundary(population, { alpha, expected, draws });
      return [clustered, t].map((n) => `${((100 * n) / draws).toFixed(1)}%`).join(' | ');
    });
    console.log(`| ${name} | ${alpha} | ${cells.join(' | ')} |`);
  }
}
