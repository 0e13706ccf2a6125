/**
 * The same token signals from the same logged log-probabilities (60 tokens × top 5), computed by vouch, uqlm and
 * lm-polygraph: how far the values differ, and rows per second, in one run. bench/uq-meaning.ts compares the measures
 * over samples. Creates bench/.venv-uq (6 GB). `npx tsx bench/uq-peers.ts [--rows 300] [--rounds 3]`; the bars: 1e-6 where definitions agree;
 * 1,000 times as fast as uqlm's top-k scorers from parsed records, 100 times from JSON text to the whole table.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AnswerRecord } from '../data/record.js';
import { features } from '../features/list.js';
import { rowMaker } from '../features/row.js';
import { makeLines } from './features/lines.js';
import { scannedTable } from './scan/read-lines.js';
import { uqVenv } from './uq-venv.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '300' }, rounds: { type: 'string', default: '3' } },
});
const count = Number(values.rows);
const topK = 5;
const lines = makeLines(count, { tokens: 60, alternatives: topK, words: 50 }, 'bench/uq-peers');
const records = lines
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as AnswerRecord);

/**
 * Our signal in the form of each of theirs: negated for uncertainty, exp for probabilities; null with a reason where we
 * have none.
 */
const same: Record<string, ((signal: (name: string) => number) => number) | string> = {
  min_probability: (signal) => Math.exp(signal('tokens.minLogprob')),
  sequence_probability: (signal) => Math.exp(signal('tokens.meanLogprob')),
  mean_token_negentropy: 'uqlm scales the top-k to a sum of 1; vouch keeps the rest of the mass as a bucket of its own',
  min_token_negentropy: 'as mean_token_negentropy',
  probability_margin: 'uqlm: p₁ − p₂ of the two likeliest; vouch: ln p of the chosen token over its best rival',
  Perplexity: (signal) => -signal('tokens.meanLogprob'),
  MaximumSequenceProbability: (signal) => -signal('tokens.sumLogprob'),
  MeanTokenEntropy: (signal) => signal('tokens.entropyProduction'),
  SelfCertainty: (signal) => Math.log(topK) - signal('tokens.spread'),
};
/** The signals that are closest to uqlm's three top-k scorers. */
const three = ['tokens.meanEntropy', 'tokens.maxEntropy', 'tokens.meanMargin'];

interface Peers {
  values: Record<string, number[]>;
  seconds: Record<string, { wall: number; cpu: number }>;
}

function peers(): Peers {
  const python = uqVenv();
  const dir = mkdtempSync(join(tmpdir(), 'vouch-uq-'));
  writeFileSync(join(dir, 'answers.jsonl'), lines);
  const script = join(import.meta.dirname, 'uq_peers.py');
  const said = execFileSync(python, [script, join(dir, 'answers.jsonl'), values.rounds], {
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  rmSync(dir, { recursive: true });
  return JSON.parse(said.toString()) as Peers;
}

/** Median seconds per row over many passes. */
function perRow(pass: () => number): { wall: number; cpu: number } {
  const costs = Array.from({ length: 60 }, () => {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const rows = pass();
    const { user, system } = process.cpuUsage(cpu);
    return { wall: (performance.now() - start) / 1000 / rows, cpu: (user + system) / 1e6 / rows };
  }).slice(20);
  const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1];
  return { wall: median(costs.map(({ wall }) => wall)), cpu: median(costs.map(({ cpu }) => cpu)) };
}

const numeric = features
  .filter(({ name }) => name.startsWith('tokens.'))
  .map(({ name, version }) => `${name}@${version}`);
const maker = rowMaker({ topK, numeric, categorical: [] });
const few = rowMaker({ topK, numeric: three.map((name) => `${name}@1`), categorical: [] });
const row = new Float64Array(numeric.length);
const none = new Int32Array(0);
const pass = (make: typeof maker) => () => {
  for (const record of records) make.row(record, row, 0, none, 0);
  return count;
};

const theirs = peers();
console.log(`# bench/uq-peers: ${machine()}, uqlm 0.6.7, lm-polygraph 0.7.0`);
console.log(`${count} rows, 60 tokens × top-5\n`);
console.log('| theirs | greatest difference to ours, relative to 1 or the value |\n| --- | --- |');
let worst = 0;
const ours = records.map((record) => maker.signals(record));
for (const [name, column] of Object.entries(theirs.values)) {
  const of = same[name];
  if (typeof of === 'string') {
    console.log(`| ${name} | another definition: ${of} |`);
    continue;
  }
  const gaps = column.map(
    (value, i) => Math.abs(of((signal) => ours[i][signal]) - value) / Math.max(1, Math.abs(value)),
  );
  const most = Math.max(...gaps);
  worst = Math.max(worst, most);
  console.log(`| ${name} | ${most.toExponential(1)} |`);
}

const speeds = new Map<string, { wall: number; cpu: number }>(
  Object.entries(theirs.seconds).map(([name, { wall, cpu }]) => [name, { wall: wall / count, cpu: cpu / count }]),
);
speeds.set('vouch, the three nearest signals, parsed records', perRow(pass(few)));
speeds.set(`vouch, all ${numeric.length} token signals, parsed records`, perRow(pass(maker)));
speeds.set(
  'vouch, JSON text to the table of all signals',
  perRow(() => scannedTable(lines, topK)),
);
const uqlm = speeds.get('uqlm, top-k scorers')!;
console.log("\n| | rows/s | rows per cpu-second | of uqlm's top-k scorers, wall |\n| --- | ---: | ---: | ---: |");
for (const [name, { wall, cpu }] of speeds) {
  console.log(`| ${name} | ${(1 / wall).toFixed(0)} | ${(1 / cpu).toFixed(0)} | ${(uqlm.wall / wall).toFixed(0)}× |`);
}
const parsed = uqlm.wall / speeds.get('vouch, the three nearest signals, parsed records')!.wall;
const text = uqlm.wall / speeds.get('vouch, JSON text to the table of all signals')!.wall;
const isMet = worst <= 1e-6 && parsed >= 1000 && text >= 100;
console.log(
  `\nbars: 1e-6 ${worst <= 1e-6 ? 'met' : 'not met'}; 1,000× ${parsed >= 1000 ? 'met' : 'not met'}; ` +
    `100× ${text >= 100 ? 'met' : 'not met'}`,
);
if (!isMet) process.exitCode = 1;
