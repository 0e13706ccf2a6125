/**
 * Certification on populations whose truth is known, drawn by question. It shows how often a promise is broken at the
 * exact boundary (compared with tests that assume independent rows), how often a good threshold is certified, what the
 * whole procedure gives (by pattern, by slice, with a cost table), and whether the advised number of labels would
 * suffice. `npx tsx bench/certify.ts [--draws 500] [--answers FILE.jsonl[.gz] --labels FILE.csv | --recorded
 * FILE.json]`
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { cutsOf } from '../models/costs.js';
import { random } from '../support/random.js';
import { binomialTail } from '../train/certify/binomial-tail.js';
import { parseOptions } from '../train/options.js';
import { kinds, makePopulation, oracle, type Population } from './certify-population.js';
import { recorded, replayOf, sliceOfPopulation, softened } from './certify-replay.js';
import { advised, DELTA, outlookAt, passes, whole } from './certify-trials.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '500' },
    answers: { type: 'string' },
    labels: { type: 'string' },
    recorded: { type: 'string' },
  },
});
const draws = Number(values.draws);
const started = performance.now();

interface Case {
  name: string;
  population: Population;
  alpha: number;
}
const cases: Case[] = kinds.map((kind) => ({
  name: kind.name,
  population: makePopulation(kind, 20_000, random(`population ${kind.name}`)),
  alpha: 0.05,
}));
/** The promised share of errors for a real set, one that some part of its answers can meet. */
function real(name: string, population: Population, alpha: number): void {
  cases.push({ name: `real: ${name}`, population, alpha });
  cases.push({ name: `real: ${name}, soft labels and weights`, population: softened(population, name), alpha });
  const slices = [...new Set(population.questions.flat().map(({ slice }) => slice!))];
  if (slices.length < 2) return;
  for (const slice of slices) {
    cases.push({ name: `real: ${name}, slice ${slice}`, population: sliceOfPopulation(population, slice), alpha });
  }
}
real('smollm2', recorded('test/fixtures/certify/smollm2.json'), 0.2);
if (values.recorded !== undefined) real(basename(values.recorded, '.json'), recorded(values.recorded), 0.05);
if (values.answers !== undefined) real(basename(values.answers), await replayOf(values.answers, values.labels), 0.05);

console.log(`# bench/certify: ${machine()}, ${draws} draws of questions from known populations, δ = ${DELTA}`);
// More broken promises than this have a probability below .001 if each is broken with probability δ.
let most = 0;
while (binomialTail(draws, DELTA, most) < 0.999) most++;
console.log(`
Broken promises at the boundary, where the true risk of the threshold is α; 400 questions;
at most ${most} of ${draws} are allowed.
| population | α | betting | one per question | binomial over rows | Hoeffding–Bentkus over rows |
| --- | ---: | ---: | ---: | ---: | ---: |`);
for (const { name, population, alpha } of cases) {
  const { threshold, risk } = oracle(population, alpha);
  const passed = passes(population, 400, outlookAt(population, threshold, risk, 400), risk, draws);
  console.log(`| ${name} | ${risk.toFixed(4)} | ${Object.values(passed).join(' | ')} |`);
}

console.log(`
Certified where the true risk is 2%, α = 5%, and 300 questions have an accepted answer;
mass is the mean accepted weight of such a question, divided by its maximum.
| population | coverage | mass | betting | one per question |
| --- | ---: | ---: | ---: | ---: |`);
for (const { name, population } of cases) {
  const { threshold, risk, coverage } = oracle(population, 0.02);
  if (risk < 0.019) continue;
  const accepting = population.questions.filter((rows) => rows.some((row) => row.probability >= threshold)).length;
  const questions = Math.round((300 * population.questions.length) / accepting);
  const outlook = outlookAt(population, threshold, 0.05, questions);
  const { betting, onePerGroup } = passes(population, questions, outlook, 0.05, draws);
  const percents = [betting, onePerGroup].map((n) => `${((100 * n) / draws).toFixed(1)}%`);
  console.log(`| ${name} | ${coverage.toFixed(2)} | ${outlook.mass.toFixed(2)} | ${percents.join(' | ')} |`);
}

const floor = cutsOf({ wrong: 10, abstain: 1, escalate: 3, escalatedWrong: 0 }).accept;
console.log(`
The whole procedure: candidates from 1,600 questions, certified on 400 others; then with the cost table
wrong=10, abstain=1, escalate=3, which accepts nothing below ${floor}.
| population | α | broken | certified | mean coverage | with the truth known | broken with costs | certified |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |`);
for (const { name, population, alpha } of cases) {
  const plan = { fit: 1600, certify: 400, alpha, draws };
  const { broken, certified, coverage } = whole(population, plan);
  const costed = whole(population, { ...plan, floor });
  const best = oracle(population, alpha).coverage;
  console.log(
    `| ${name} | ${alpha} | ${broken} of ${draws} | ${certified} | ${coverage.toFixed(3)} | ${best.toFixed(3)} | ` +
      `${costed.broken} of ${draws} | ${costed.certified} |`,
  );
}

console.log(`
Advice: sets on which nothing is certified, how many of them are advised a number of labels, and how often
sets of that size then pass.
| population | labels | nothing certified | advised | median advice | pass then |
| --- | ---: | ---: | ---: | ---: | ---: |`);
for (const { name, population, alpha } of cases.filter(({ name }) => !name.includes('slice'))) {
  for (const questions of [150, 400]) {
    const found = advised(population, { questions, alpha, draws: Math.ceil(draws / 20), again: 4 }, parseOptions({}));
    console.log(
      `| ${name} | ${questions} | ${found.failed} of ${Math.ceil(draws / 20)} | ${found.advised} | ` +
        `${found.median} | ${(100 * found.passed).toFixed(0)}% |`,
    );
  }
}
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
