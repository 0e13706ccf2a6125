/**
 * What a certified policy costs, against usual ways of buying signals at the same certified error: FrugalGPT-style
 * thresholds (one per stage, searched), random buying, everything for everyone, and the best fixed set of stages.
 *
 *   npx tsx bench/policy.ts [FOLDER OF triviaqa-5-systems]
 *
 * Per set, one predictor per pattern is cross-fitted on all questions, so every probability is held out. Then the
 * questions are divided 20 times at random: one half chooses, the other certifies, and each way is judged on the half
 * that certified it. A way that certifies nothing answers nothing.
 */
import { join } from 'node:path';
import { readAll } from '../data/read/read-all.js';
import { chooseAndCertify } from '../policy/choose/choose-and-certify.js';
import { latticeOf } from '../policy/choose/orders.js';
import { economyOf } from '../policy/economy.js';
import { sortCases } from '../policy/intake/sort-cases.js';
import { type Prices, parsePrices } from '../scorer/policy/prices.js';
import { random } from '../support/random.js';
import { table as tableText } from '../train/prepare/summary.js';
import { heldOutTable } from './policy/held-out-table.js';
import { rowsOf } from './policy/rows-of.js';
import { certifiedAmong, type Result, randomBuying, resultOf, summed, thresholdVectors } from './policy/ways.js';

const SPLITS = 20;

interface Set {
  name: string;
  files: string;
  labels?: string;
  alphas: number[];
  prices: Prices;
}

const models = (names: [string, number][]) => names.map(([name, money]) => ({ name, model: name, price: { money } }));
const samples = parsePrices({
  first: { price: { money: 0.02 } },
  stages: [
    { name: 'logprobs', price: { money: 0.005 } },
    { name: 'stated', price: { money: 0.02 } },
    { name: 'ptrue', fields: ['verifiers.ptrue'], price: { money: 0.02 } },
    { name: 'samples', k: 5, price: { money: 0.1 } },
  ],
  ...{ wrong: 3, abstain: 1, mostStates: 6 },
});
const trivia = parsePrices({
  first: { model: 'fid', price: { money: 0.01 } },
  stages: models([
    ['gpt35', 0.05],
    ['chatgpt', 0.1],
    ['gpt4', 1],
    ['newbing', 1],
  ]),
  ...{ wrong: 20, abstain: 5, mostStates: 6 },
});

const [folder = '/work/shared/data'] = process.argv.slice(2);
const sets: Set[] = [
  {
    ...{
      name: 'triviaqa-5-systems',
      files: join(folder, 'triviaqa-5-systems.jsonl.gz'),
      alphas: [0.05, 0.1],
      prices: trivia,
    },
    labels: join(folder, 'triviaqa-5-systems.grades.csv'),
  },
  { name: 'gemma', files: 'examples/gemma.jsonl.gz', alphas: [0.2, 0.3], prices: samples },
  { name: 'smollm2', files: 'examples/smollm2.jsonl.gz', alphas: [0.2, 0.3], prices: samples },
];

for (const { name, files, labels, alphas, prices } of sets) {
  const started = performance.now();
  const { items: records, groups } = await readAll(files, { labels, on: labels && 'id' }, {}, (each) => each);
  const sorted = sortCases(records, groups, prices, 'bought');
  const economy = economyOf(prices);
  const lattice = latticeOf(prices, (stage) => economy.stage.get(stage)!);
  const { table, fold } = await heldOutTable(sorted, prices, lattice.states);
  console.log(
    `\n${name}: ${sorted.complete.length} cases, fitted in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  for (const alpha of alphas) {
    const results = new Map<string, Result[]>();
    const note = (way: string, result: Result) => results.set(way, [...(results.get(way) ?? []), result]);
    for (let split = 0; split < SPLITS; split++) {
      const seed = random(`${name} ${split}`);
      const questions = seed.shuffle([...new Set(table.group)]);
      const chooses = new Set(questions.slice(0, questions.length / 2));
      const half = (inside: boolean) =>
        Int32Array.from([...table.group.keys()].filter((i) => chooses.has(table.group[i]) === inside));
      const [fitRows, certifyRows] = [half(true), half(false)];
      const [fit, certify] = [rowsOf(table, fitRows), rowsOf(table, certifyRows)];
      const search = { orders: lattice.orders, economy, alpha, fold: fitRows.map((i) => fold[i] % 2), delta: 0.05 };
      const draw = seed.fork('tests');
      const policy = chooseAndCertify(fit, certify, search, draw);
      note('policy', resultOf(policy.certified, certify, economy));
      const trial = { fit, certify, economy, alpha, random: draw };
      note('thresholds, one per stage', thresholdVectors(lattice.orders, trial));
      note('random buying', randomBuying(lattice.orders[0], trial));
      const fixed = policy.candidates.filter(({ family }) => family === 'fixed');
      const among = (bought: (count: number) => boolean) =>
        resultOf(
          certifiedAmong(
            fixed.filter(({ plan }) => bought(plan.order.length)),
            trial,
          ),
          certify,
          economy,
        );
      note(
        'everything bought',
        among((count) => count === prices.stages.length),
      );
      note(
        'best fixed stages',
        among(() => true),
      );
      note(
        'first answer only',
        among((count) => count === 0),
      );
    }
    console.log(`\nat most ${100 * alpha}% errors, confidence 95%; mean of ${SPLITS} splits; costs per question`);
    const head = ['way', 'certified', 'all costs', 'signals', 'accepted', 'wrong', 'policy saves (± sd over splits)'];
    console.log(tableText([head, ...[...results].map(([way, own]) => summed(way, own, results.get('policy')!))]));
  }
}
