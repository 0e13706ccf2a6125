/**
 * The verdict of `vouch evaluate` at its boundary: how often it says "broken" of a promise that is kept with errors
 * exactly at the target (δ allows 5%), how often "kept" of one that is broken by a hair (the same draws), and how often
 * each with 1.5 times as many errors. `npx tsx bench/verdict.ts [--draws 2000]`
 */
import { parseArgs } from 'node:util';
import { random } from '../support/random.js';
import { kinds, makePopulation, oracle } from './certify-population.js';
import { HEAVY, heavyPopulation } from './cross/heavy.js';
import { machine } from './venv.js';
import { type AcceptedQuestions, acceptedOf, said } from './verdict/said.js';
import { strataQuestions, weighted } from './verdict/weighted.js';

const { values } = parseArgs({ options: { draws: { type: 'string', default: '2000' } } });
const draws = Number(values.draws);
const delta = 0.05;
const ALPHAS = [0.05, 0.2];
const QUESTIONS = [30, 100, 300, 1000];

const populations: [string, (alpha: number) => AcceptedQuestions][] = [
  ...kinds.map((kind): (typeof populations)[number] => {
    const population = makePopulation(kind, 4000, random(kind.name));
    return [kind.name, (alpha) => acceptedOf(population.questions, oracle(population, alpha).threshold)];
  }),
  [
    HEAVY.name,
    (alpha) => {
      const population = heavyPopulation(4000);
      return acceptedOf(population.questions, oracle(population, alpha).threshold);
    },
  ],
  ...weighted.map((one): (typeof populations)[number] => [one.name, (alpha) => strataQuestions(one, alpha)]),
];

const head = QUESTIONS.map((n) => `${n}: broken | kept | at 1.5 times: broken | kept`).join(' | ');
console.log(`# bench/verdict: ${machine()}, ${draws} draws, δ = .05; errors exactly at the target α, and at 1.5 α
| population | α | ${head} |
| --- | ---: | ${QUESTIONS.map(() => '---: | ---: | ---: | ---:').join(' | ')} |`);
for (const [name, of] of populations) {
  for (const alpha of ALPHAS) {
    const accepted = of(alpha);
    const cells = QUESTIONS.map((questions) => {
      const at = said(accepted, { alpha: accepted.error, delta, questions, draws });
      const beyond = said(accepted, { alpha: accepted.error / 1.5, delta, questions, draws });
      const share = (n: number) => `${((100 * n) / draws).toFixed(1)}%`;
      return [at.broken, at.kept, beyond.broken, beyond.kept].map(share).join(' | ');
    });
    console.log(`| ${name} | ${alpha} | ${cells.join(' | ')} |`);
  }
}
