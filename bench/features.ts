/**
 * Speed of turning JSON Lines into the table of signals, compared with only splitting the Buffer and calling
 * JSON.parse. Both read the same lines, alternating in one run: 60 tokens with 5 alternatives, prompt and answer of 50
 * words, all signals that such rows allow; one thread. `npx tsx bench/features.ts [--lines 2000] [--rounds 9]`; the
 * bar: at least 0.6 of the speed of the pure parse.
 */
import { parseArgs } from 'node:util';
import { checkAnswer } from '../data/check-record.js';
import { parseJson } from '../data/read/json/parse-json.js';
import { TableBuilder } from '../features/table.js';
import { makeLines } from './features/lines.js';
import { machine } from './venv.js';

const BAR = 0.6;
const shape = { tokens: 60, alternatives: 5, words: 50 };
const { values } = parseArgs({
  options: { lines: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '9' } },
});
const count = Number(values.lines);
const rounds = Number(values.rounds);
const lines = makeLines(count, shape, 'bench/features');

/** Calls back with the text of each line. */
function eachLine(buffer: Buffer, call: (text: string, number: number) => void): void {
  let number = 0;
  for (let from = 0; from < buffer.length; ) {
    const end = buffer.indexOf(10, from);
    call(buffer.toString('utf8', from, end), ++number);
    from = end + 1;
  }
}

function parseOnly(): number {
  let n = 0;
  eachLine(lines, (text) => {
    if (JSON.parse(text) !== null) n++;
  });
  return n;
}

function toTable(): number {
  const builder = new TableBuilder(shape.alternatives);
  eachLine(lines, (text, number) => builder.add(checkAnswer(parseJson(text), 'made.jsonl', number)));
  return builder.finish().numRows();
}

interface Cost {
  wall: number;
  cpu: number;
}

function timed(work: () => number): Cost {
  const cpu = process.cpuUsage();
  const start = performance.now();
  if (work() !== count) throw new Error('rows went missing');
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1];
}

timed(parseOnly);
timed(toTable);
const pure: Cost[] = [];
const full: Cost[] = [];
for (let round = 0; round < rounds; round++) {
  pure.push(timed(parseOnly));
  full.push(timed(toTable));
}

const megabytes = lines.length / 1e6;
function report(name: string, costs: Cost[]): void {
  const wall = median(costs.map((cost) => cost.wall));
  const cpu = median(costs.map((cost) => cost.cpu));
  const cells = [(1000 * megabytes) / wall, (1000 * megabytes) / cpu, (1000 * wall) / count];
  console.log(name.padEnd(30) + cells.map((cell) => cell.toFixed(1).padStart(12)).join(''));
}
console.log(machine());
console.log(
  `${count} lines of ${(lines.length / count / 1000).toFixed(1)} kB, ${rounds} alternating rounds, medians\n`,
);
console.log(' '.repeat(30) + ['MB/s', 'MB/cpu-s', 'µs a line'].map((head) => head.padStart(12)).join(''));
report('Buffer split + JSON.parse', pure);
report('checked, to the signal table', full);
const ratios = full.map(({ wall }, i) => pure[i].wall / wall);
const ratio = median(ratios);
console.log(
  `\nratio ${ratio.toFixed(2)} (bar ${BAR}); ` +
    `lowest of a round ${ratios[0].toFixed(2)}, highest ${ratios[rounds - 1].toFixed(2)}`,
);
if (ratio < BAR) process.exitCode = 1;
