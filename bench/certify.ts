/**
 * Certification held against populations that are known: how often a promise is broken at the very boundary, how often a good
 * threshold is certified, what the whole procedure gives, and what plain binomial tails over rows do.
 * `npx tsx bench/certify.ts [--draws 1000] [--answers FILE.jsonl[.gz] --labels FILE.csv]`
 */
import { parseArgs } from 'node:util';
import type { Scored } from '../metrics/scored.js';
import { tableOf } from '../metrics/scored.js';
import { random } from '../support/random.js';
import { bettingTest } from '../train/certify/betting.js';
import { binomialTail } from '../train/certify/binomial-tail.js';
import { thresholdCandidates } from '../train/certify/candidates.js';
import { fixedSequence } from '../train/certify/fixed-sequence.js';
import { groupSums } from '../train/certify/group-sums.js';
import { onePerGroupTest } from '../train/certify/one-per-group.js';
import { type Outlook, outlooksOf, sights } from '../train/certify/outlook.js';
import { predictedPower } from '../train/certify/power.js';
import { drawQuestions, kinds, makePopulation, oracle, type Population, truthAt } from './certify-population.js';
import { realPopulation } from './certify-real.js';
import { machine } from './venv.js';

const ALPHA = 0.05;
const DELTA = 0.05;
const { values } = parseArgs({
  options: { draws: { type: 'string', default: '1000' }, answers: { type: 'string' }, labels: { type: 'string' } },
});
const draws = Number(values.draws);
const started = performance.now();

const populations: { name: string; population: Population }[] = kinds.map((kind) => ({
  name: kind.name,
  population: makePopulation(kind, 20_000, random(`population ${kind.name}`)),
}));
if (values.answers !== undefined && values.labels !== undefined) {
  populations.push({ name: 'real answers', population: realPopulation(values.answers, values.labels) });
}

console.log(`# bench/certify: ${machine()}, ${draws} draws of questions from known populations, δ = ${DELTA}`);
// More broken promises than this have chance < 1% if the chance of one is δ.
let most = 0;
while (binomialTail(draws, DELTA, most) < 0.99) most++;
console.log(`
Broken promises at the boundary: the threshold's true risk is α, 400 questions; 5% allows ${most} of ${draws}.
| population | α | betting | one a question | binomial over rows |
| --- | ---: | ---: | ---: | ---: |`);
for (const { name, population } of populations) {
  const { threshold, risk } = oracle(population, ALPHA);
  const outlook = outlookAt(drawQuestions(population, 1600, random(`fit ${name}`)), threshold, risk, 400);
  const counts = count(draws, (k) => passes(population, 400, outlook, risk, `boundary ${name} ${k}`));
  console.log(`| ${name} | ${risk.toFixed(4)} | ${counts.join(' | ')} |`);
}

console.log(`
Certified where the true risk is 2%, α = 5%, and 300 questions have an accepted answer; mass is the mean accepted weight of
such a question over the most one can have.
| population | coverage | mass | betting | one a question |
| --- | ---: | ---: | ---: | ---: |`);
for (const { name, population } of populations) {
  const { threshold, coverage } = oracle(population, 0.02);
  const outlook = outlookAt(drawQuestions(population, 1600, random(`fit ${name}`)), threshold, ALPHA, 400);
  const accepting = population.questions.filter((rows) => rows.some((row) => row.probability >= threshold)).length;
  const questions = Math.round((300 * population.questions.length) / accepting);
  const counts = count(draws, (k) => passes(population, questions, outlook, ALPHA, `power ${name} ${k}`).slice(0, 2));
  const percents = counts.map((n) => `${((100 * n) / draws).toFixed(1)}%`);
  console.log(`| ${name} | ${coverage.toFixed(2)} | ${outlook.mass.toFixed(2)} | ${percents.join(' | ')} |`);
}

console.log(`
The whole procedure: candidates from 1,600 questions, certified on 400 others, α = 5%.
| population | broken | certified | mean coverage | with the truth known |
| --- | ---: | ---: | ---: | ---: |`);
for (const { name, population } of populations) {
  let [broken, certified, coverage] = [0, 0, 0];
  for (let k = 0; k < draws; k++) {
    const draw = random(`whole ${name} ${k}`);
    const fit = drawQuestions(population, 1600, draw);
    const certify = drawQuestions(population, 400, draw);
    const candidates = thresholdCandidates(fit, { alpha: ALPHA, delta: DELTA, groups: 400 });
    const found = fixedSequence(candidates, certify, { alpha: ALPHA, delta: DELTA }, draw).certified;
    if (found === null) continue;
    const truth = truthAt(population, found.threshold);
    certified++;
    coverage += truth.coverage / draws;
    if (truth.risk > ALPHA) broken++;
  }
  const best = oracle(population, ALPHA).coverage;
  console.log(`| ${name} | ${broken} of ${draws} | ${certified} | ${coverage.toFixed(3)} | ${best.toFixed(3)} |`);
}
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);

/** Whether each method passes on one draw: betting, one answer a question, binomial tail over rows. */
function passes(population: Population, questions: number, outlook: Outlook, alpha: number, seed: string): boolean[] {
  const draw = random(seed);
  const certify = drawQuestions(population, questions, draw);
  const table = tableOf(certify);
  const order = draw.shuffle(Int32Array.from({ length: table.groups }, (_, g) => g));
  const sums = groupSums(table, outlook.threshold, outlook.cap, order);
  const rows = [...certify.probability.keys()].filter((i) => certify.probability[i] >= outlook.threshold);
  const wrong = rows.reduce((sum, i) => sum + 1 - certify.label[i], 0);
  return [
    bettingTest(sums, outlook, alpha, DELTA) <= DELTA,
    onePerGroupTest(sums, alpha, draw) <= DELTA,
    binomialTail(rows.length, alpha, Math.round(wrong)) <= DELTA,
  ];
}

function count(times: number, of: (k: number) => boolean[]): number[] {
  const counts: number[] = [];
  for (let k = 0; k < times; k++) {
    of(k).forEach((pass, m) => {
      counts[m] = (counts[m] ?? 0) + (pass ? 1 : 0);
    });
  }
  return counts;
}

/** The outlook of one fixed threshold: that of the nearest one on the grid, at the threshold. */
function outlookAt(fit: Scored, threshold: number, alpha: number, groups: number): Outlook {
  const all = sights(fit);
  const near = all.reduce((a, b) => (Math.abs(b.threshold - threshold) < Math.abs(a.threshold - threshold) ? b : a));
  const power = (outlook: Outlook) => predictedPower(outlook, groups, alpha, DELTA);
  const best = outlooksOf(near, alpha).reduce((a, b) => (power(b) > power(a) + 0.02 ? b : a));
  return { ...best, threshold };
}
