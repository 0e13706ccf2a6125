/**
 * Certification held against populations that are known: how often a promise is broken at the very boundary, how often a good
 * threshold is certified, what the whole procedure gives, and what plain binomial tails over rows do.
 * `npx tsx bench/certify.ts [--draws 1000] [--answers FILE.jsonl[.gz] --labels FILE.csv]`
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Scored } from '../metrics/scored.js';
import { tableOf } from '../metrics/scored.js';
import { random } from '../support/random.js';
import { bettingTest } from '../train/certify/betting.js';
import { binomialTail } from '../train/certify/binomial-tail.js';
import { thresholdCandidates } from '../train/certify/candidates.js';
import { fixedSequence } from '../train/certify/fixed-sequence.js';
import { groupSums } from '../train/certify/group-sums.js';
import { onePerGroupTest } from '../train/certify/one-per-group.js';
import { type Outlook, outlookOf, sights } from '../train/certify/outlook.js';
import {
  drawQuestions,
  kinds,
  makePopulation,
  oracleCoverage,
  type Population,
  truthAt,
} from './certify-population.js';
import { machine } from './venv.js';

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
console.log(
  `\nBroken promises at the boundary (α = true risk of the threshold, 400 questions); a promise of 5% allows ${most} of ${draws}.`,
);
console.log('| population | α | betting | one a question | binomial over rows |\n| --- | ---: | ---: | ---: | ---: |');
for (const { name, population } of populations) {
  const threshold = quantileThreshold(population, 0.5);
  const alpha = truthAt(population, threshold).risk;
  const outlook = outlookAt(drawQuestions(population, 1600, random(`fit ${name}`)), threshold, alpha);
  const counts = count(draws, (k) => passes(population, 400, outlook, alpha, `boundary ${name} ${k}`));
  console.log(`| ${name} | ${alpha.toFixed(3)} | ${counts.join(' | ')} |`);
}

console.log('\nCertified, where the true error is 40% of α (2% for 5%) and 300 questions have an accepted answer.');
console.log('| population | α | betting | one a question |\n| --- | ---: | ---: | ---: |');
for (const { name, population } of populations) {
  for (const coverage of [0.5, 0.25]) {
    const threshold = quantileThreshold(population, coverage);
    const alpha = truthAt(population, threshold).risk / 0.4;
    const outlook = outlookAt(drawQuestions(population, 1600, random(`fit ${name}`)), threshold, alpha);
    const share = population.questions.filter((rows) => rows.some((row) => row.probability >= threshold)).length;
    const questions = Math.round((300 * population.questions.length) / share);
    const counts = count(draws, (k) => passes(population, questions, outlook, alpha, `power ${name} ${k}`).slice(0, 2));
    const percents = counts.map((n) => `${((100 * n) / draws).toFixed(1)}%`);
    console.log(`| ${name}, ${100 * coverage}% accepted | ${alpha.toFixed(3)} | ${percents.join(' | ')} |`);
  }
}

console.log(
  '\nThe whole procedure: candidates from 1,600 questions, certified on 400 others; α = .05 (real answers .1).',
);
console.log(
  '| population | broken | certified | coverage | with the truth known |\n| --- | ---: | ---: | ---: | ---: |',
);
for (const { name, population } of populations) {
  const alpha = name === 'real answers' ? 0.1 : 0.05;
  let [broken, certified, coverage] = [0, 0, 0];
  for (let k = 0; k < draws; k++) {
    const draw = random(`whole ${name} ${k}`);
    const fit = drawQuestions(population, 1600, draw);
    const certify = drawQuestions(population, 400, draw);
    const candidates = thresholdCandidates(fit, { alpha, delta: DELTA, groups: 400 });
    const found = fixedSequence(candidates, certify, { alpha, delta: DELTA }, draw).certified;
    if (found === null) continue;
    const truth = truthAt(population, found.threshold);
    certified++;
    coverage += truth.coverage / draws;
    if (truth.risk > alpha) broken++;
  }
  const oracle = oracleCoverage(population, alpha);
  console.log(`| ${name} | ${broken} of ${draws} | ${certified} | ${coverage.toFixed(3)} | ${oracle.toFixed(3)} |`);
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
function outlookAt(fit: Scored, threshold: number, alpha: number): Outlook {
  const all = sights(fit);
  const near = all.reduce((a, b) => (Math.abs(b.threshold - threshold) < Math.abs(a.threshold - threshold) ? b : a));
  return { ...outlookOf(near, alpha), threshold };
}

function quantileThreshold({ questions }: Population, coverage: number): number {
  const sorted = questions
    .flat()
    .map(({ probability }) => probability)
    .sort((a, b) => b - a);
  return sorted[Math.floor(coverage * sorted.length)];
}

/** Answers with recorded grades, scored by a trivial signal: how far the other answers recorded beside each share its words. */
function realPopulation(answers: string, labels: string): Population {
  const bytes = readFileSync(answers);
  const text = (answers.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const grades = new Map<string, number>();
  for (const { id, label } of parse(readFileSync(labels), { columns: true }) as { id: string; label: string }[]) {
    grades.set(id, Number(label));
  }
  const words = (answer: string) => new Set(answer.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const groups = new Map<string, Population['questions'][number]>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const record = JSON.parse(line) as { id: string; group: string; answer: string; samples?: { answer: string }[] };
    const label = grades.get(record.id);
    if (label === undefined) continue;
    const own = words(record.answer);
    const shared = (record.samples ?? []).map(({ answer }) => {
      const other = words(answer);
      const both = [...own].filter((word) => other.has(word)).length;
      return both / Math.max(1, Math.min(own.size, other.size));
    });
    const probability = shared.reduce((sum, share) => sum + share, 0) / Math.max(1, shared.length);
    groups.set(record.group, [...(groups.get(record.group) ?? []), { probability, label, weight: 1 }]);
  }
  return { questions: [...groups.values()] };
}
