import type { AnswerRecord } from '../data/record.js';
import { TableBuilder } from '../features/table.js';
import { makeLines } from './features/lines.js';

/**
 * How fast JSON Lines become the table of signals, against splitting the Buffer and JSON.parse alone: same lines, same run,
 * in turn. `node dist-bench/bench/features.js [lines] [rounds]`. The bar: ≥ 0.6 of the pure parse.
 */
const shape = { tokens: 60, alternatives: 5, words: 50 };
const count = Number(process.argv[2] ?? 2000);
const rounds = Number(process.argv[3] ?? 9);
const lines = makeLines(count, shape, 'bench/features');

/** Calls back with each line's parsed JSON. */
function eachParsed(buffer: Buffer, call: (value: unknown) => void): void {
  for (let from = 0; from < buffer.length; ) {
    const end = buffer.indexOf(10, from);
    call(JSON.parse(buffer.toString('utf8', from, end)));
    from = end + 1;
  }
}

function parseOnly(): number {
  let n = 0;
  eachParsed(lines, (value) => {
    if (value !== null) n++;
  });
  return n;
}

function toTable(): number {
  const builder = new TableBuilder(shape.alternatives);
  eachParsed(lines, (value) => builder.add(value as AnswerRecord));
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
  const used = process.cpuUsage(cpu);
  return { wall, cpu: (used.user + used.system) / 1000 };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];

timed(parseOnly);
timed(toTable);
const pure: Cost[] = [];
const full: Cost[] = [];
for (let round = 0; round < rounds; round++) {
  pure.push(timed(parseOnly));
  full.push(timed(toTable));
}
const megabytes = lines.length / 1e6;
const row = (name: string, costs: Cost[]) => {
  const wall = median(costs.map((cost) => cost.wall));
  const cpu = median(costs.map((cost) => cost.cpu));
  const rate = (ms: number) => (megabytes / (ms / 1000)).toFixed(1).padStart(10);
  console.log(`${name.padEnd(28)}${rate(wall)}${rate(cpu)}${((wall / count) * 1000).toFixed(1).padStart(12)}`);
};
console.log(`${count} lines, ${(lines.length / count / 1000).toFixed(1)} kB each, ${rounds} rounds in turn, median\n`);
console.log(`${''.padEnd(28)}${'MB/s wall'.padStart(10)}${'MB/s cpu'.padStart(10)}${'µs/line'.padStart(12)}`);
row('Buffer split + JSON.parse', pure);
row('to the table of signals', full);
const ratios = full.map((cost, i) => pure[i].wall / cost.wall);
console.log(`\nratio to pure parse: ${median(ratios).toFixed(2)} (bar 0.60), lowest ${Math.min(...ratios).toFixed(2)}`);
if (median(ratios) < 0.6) process.exitCode = 1;
