/**
 * Speed from JSON Lines to the table of signals with the scanner, compared with only splitting the Buffer and
 * JSON.parse of the same bytes, alternating in one run: 60 tokens with 5 alternatives, prompt and answer of 50 words,
 * all signals that such rows allow. Then two threads compared with one. `npx tsx bench/scan.ts [--lines 10000]
 * [--rounds 9]`; the bars: 1.0 of the speed of the pure parse, and two threads 1.7 times as fast as one (on an idle
 * machine).
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { makeLines } from './features/lines.js';
import { parseOnly, plainTable, scannedTable } from './scan/read-lines.js';
import { machine } from './venv.js';

const shape = { tokens: 60, alternatives: 5, words: 50 };
const { values } = parseArgs({
  options: { lines: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '9' } },
});
const count = Number(values.lines);
const rounds = Number(values.rounds);
const lines = makeLines(count, shape, 'bench/features');

interface Cost {
  wall: number;
  cpu: number;
}

async function timed(work: () => number | Promise<number>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  if ((await work()) !== count) throw new Error('rows went missing');
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}

function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

const half = lines.indexOf(10, lines.length >> 1) + 1;
const workers = [lines.subarray(0, half), lines.subarray(half)].map((part) => {
  const worker = new Worker(new URL('./scan/thread.mjs', import.meta.url));
  return { worker, part: Uint8Array.from(part) };
});
const told = ({ worker }: { worker: Worker }, message: unknown): Promise<number> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(message);
  });
const both = async (): Promise<number> => {
  const rows = await Promise.all(workers.map((thread) => told(thread, { topK: shape.alternatives })));
  return rows[0] + rows[1];
};
await Promise.all(workers.map((thread) => told(thread, { bytes: thread.part, topK: shape.alternatives })));

const ways = {
  'Buffer split + JSON.parse': () => parseOnly(lines),
  'parsed, checked, to the signal table': () => plainTable(lines, shape.alternatives),
  'scanned, to the signal table': () => scannedTable(lines, shape.alternatives),
  'scanned by two threads': both,
};
const costs = new Map<string, Cost[]>(Object.keys(ways).map((name) => [name, []]));
for (let round = -8; round < rounds; round++) {
  for (const [name, work] of Object.entries(ways)) {
    const cost = await timed(work);
    if (round >= 0) costs.get(name)!.push(cost);
  }
}
for (const { worker } of workers) await worker.terminate();

const megabytes = lines.length / 1e6;
console.log(`# bench/scan: ${machine()}`);
console.log(
  `${count} lines of ${(lines.length / count / 1000).toFixed(1)} kB, ${rounds} alternating rounds, medians; ` +
    'ratios round by round\n',
);
console.log(
  '| | MB/s | MB per cpu-second | µs per line | of the pure parse, wall | cpu |\n| --- | ---: | ---: | ---: | ' +
    '---: | ---: |',
);
const pure = costs.get('Buffer split + JSON.parse')!;
for (const [name, list] of costs) {
  const wall = median(list.map((cost) => cost.wall));
  const cpu = median(list.map((cost) => cost.cpu));
  const ratios = (['wall', 'cpu'] as const).map((of) =>
    median(list.map((cost, i) => pure[i][of] / cost[of])).toFixed(2),
  );
  const cells = [(1000 * megabytes) / wall, (1000 * megabytes) / cpu, (1000 * wall) / count].map((x) => x.toFixed(1));
  console.log(`| ${name} | ${cells.join(' | ')} | ${ratios[0]}× | ${ratios[1]}× |`);
}
const scanned = costs.get('scanned, to the signal table')!;
const ratio = median(scanned.map(({ wall }, i) => pure[i].wall / wall));
const twice = median(costs.get('scanned by two threads')!.map(({ wall }, i) => scanned[i].wall / wall));
console.log(
  `\nscanned against the pure parse: ${ratio.toFixed(2)} (bar 1.0); two threads against one: ` +
    `${twice.toFixed(2)} (bar 1.7)`,
);
if (ratio < 1) process.exitCode = 1;
