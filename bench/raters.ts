/**
 * How reliable judges are, on answers whose truth is known: agreement, Cohen's kappa and length bias of each verifier,
 * and the accuracy of Dawid and Skene's posterior labels and of a majority vote, which see the judges only.
 * `npx tsx bench/raters.ts ANSWERS`
 */

import { replicates } from '../metrics/interval/bootstrap.js';
import { type Estimate, percentile } from '../metrics/interval/interval.js';
import { pairedShare } from '../metrics/interval/paired-share.js';
import { ofSums } from '../metrics/raters/by-question.js';
import { dawidSkene } from '../metrics/raters/dawid-skene.js';
import { countsOf } from '../metrics/raters/rated.js';
import { random } from '../support/random.js';
import { ratersOf } from '../train/examine/raters/raters.js';
import { verdictsOf } from '../train/examine/raters/together.js';
import { voicesOf } from '../train/examine/raters/voices.js';
import { load } from '../train/prepare/load.js';
import { machine } from './venv.js';

const files = process.argv.slice(2);
if (files.length === 0) throw new Error('give ANSWERS with verifiers and labels');
const { data: read } = await load(files, {}, { topK: 0 });
// the benchmark's labels are the truth here, and no rater
const data = { ...read, human: read.human.map(() => true), ratings: undefined };
const span = ({ value, low, high }: Estimate, digits: number) =>
  [value, low, high].map((x) => (x === null ? '–' : x.toFixed(digits))).join(' / ');

console.log(`**bench/raters: ${data.n} answers to ${data.groupCount} questions; ${machine()}**\n`);
console.log("| judge | answers | agree | Cohen's kappa | wrong called right | right called wrong | length bias |");
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
const raters = ratersOf(data, random(1));
if (raters === null) throw new Error('fewer than two verifiers rated these answers');
const percent = (x: number | null) => (x === null ? '–' : `${(100 * x).toFixed(1)}%`);
for (const { name, people } of raters.rows) {
  if (people === null) continue;
  const { answers, agree, kappa, falseRight, falseWrong, lengthBias } = people;
  const cells = [name, answers, percent(agree), span(kappa, 3), percent(falseRight), percent(falseWrong)];
  console.log(`| ${[...cells, span(lengthBias, 3)].join(' | ')} |`);
}
for (const { who, raters: n, answers, fleiss, alpha } of raters.together) {
  console.log(`\n${who}: ${n} judges, ${answers} answers; Fleiss ${span(fleiss, 3)}; alpha ${span(alpha, 3)}`);
}

const verdicts = verdictsOf(voicesOf(data).filter(({ isDerived }) => !isDerived));
const { posterior, iterations, converged } = dawidSkene(verdicts);
const counts = countsOf(verdicts);
const graded = (right: (i: number) => number) =>
  Float64Array.from(verdicts.rows, (row, i) => {
    const p = right(i);
    return p === 0.5 ? 0.5 : Number(p > 0.5 === data.y[row] >= 0.5);
  });
const model = graded((i) => posterior[2 * i + 1]);
const majority = graded((i) => counts[2 * i + 1] / (counts[2 * i] + counts[2 * i + 1]));
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const group = verdicts.rows.map((row) => data.group[row]);
const pairs = Float64Array.from(model, (right, i) => right - majority[i]);
const both = Float64Array.from({ length: 2 * pairs.length }, (_, t) => (t % 2 === 0 ? pairs[t / 2] : 1));
const statistic = ofSums(both, { width: 2, group, groups: data.groupCount }, ([sum, n]) => sum / n);
const [resampled] = replicates([statistic], data.groupCount, random(1));
console.log(
  `\nDawid–Skene (${iterations} steps, ${converged ? '' : 'not '}converged): ${percent(mean(model))} right; ` +
    `majority vote (a tie is half right): ${percent(mean(majority))}; ` +
    `difference ${span(percentile(mean(pairs), resampled, 0.95), 4)} (by question), ` +
    `${span(pairedShare(pairs), 4)} (Agresti & Min, by answer)`,
);
