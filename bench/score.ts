/**
 * Time from one parsed record (60 tokens with 5 alternatives, prompt and answer of 50 words) to its probability,
 * alternating with the bare graph of an MLP 40-128-64-1; then rows per second in chunks of 128. `npx tsc -p bench &&
 * node dist/bench/score.js [BUNDLE] [--times 5000]` measures compiled code, as users run it. With `npx tsx
 * bench/score.ts`, everything except onnxruntime is a tenth slower. BUNDLE is runs/demo by default, or an untrained
 * stand-in where that is missing.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { AnswerRecord } from '../data/record.js';
import { rowMaker } from '../features/row.js';
import { initMember, parameterShapes } from '../models/networks/network.js';
import { Graph } from '../models/onnx/graph.js';
import { openScorer } from '../scorer/open.js';
import type { Scorer } from '../scorer/scorer.js';
import { type Random, random } from '../support/random.js';
import { writeStandIn } from './stand-in.js';
import { machine } from './venv.js';

const WARM = 1000;
const CHUNK = 128;
const { values, positionals } = parseArgs({
  options: { times: { type: 'string', default: '5000' } },
  allowPositionals: true,
});
const draw = random('bench');
const { scorer, name } = await open(positionals[0] ?? 'runs/demo');
/** Five alternatives, or as many as the bundle requires. With fewer, their signals would be missing, which is fast. */
const top = Math.max(5, scorer.manifest.signals.topK);
const lines = Array.from({ length: 64 }, (_, i) => JSON.stringify(record(i, draw)));
const records: AnswerRecord[] = lines.slice(0, 4).map((line) => JSON.parse(line));
const bare = await bareMlp();
const x = Float32Array.from({ length: 40 }, () => draw.normal());
const maker = rowMaker(scorer.manifest.signals);
const width = scorer.manifest.signals.numeric.length;
const row = new Float32Array(width);
const categories = new Int32Array(scorer.manifest.signals.categorical.length);

const ways: Record<string, (record: AnswerRecord) => unknown> = {
  'one record → probability': (record) => scorer.score(record),
  '  of that: signals': (record) => maker.row(record, row, 0, categories, 0),
  'onnxruntime on the same graph, for comparison': () => scorer.scoreFeatures(row),
  'bare MLP 40-128-64-1': () => bare.run({ x: new Tensor('float32', x, [1, 40]) }),
};
/** Repeated calls with warm caches: 100 times each, alternating. */
const warm = newTimes();
for (let i = -WARM; i < Number(values.times); i += 100) {
  for (const [way, run] of Object.entries(ways)) {
    for (let k = 0; k < 100; k++) await time(warm, way, run, records[k % records.length], i >= 0);
  }
}
/** Each call on a record that was parsed directly before, as in a service. */
const cold = newTimes();
for (let i = -WARM; i < Number(values.times); i++) {
  for (const [way, run] of Object.entries(ways)) {
    await time(cold, way, run, JSON.parse(lines[(i + WARM) % lines.length]), i >= 0);
  }
}
const many = Array.from({ length: CHUNK }, (_, i) => JSON.parse(lines[i % lines.length]) as AnswerRecord);
const perSecond = [];
for (let round = 0; round < 50; round++) {
  const started = performance.now();
  await scorer.scoreMany(many);
  if (round >= 10) perSecond.push((1000 * CHUNK) / (performance.now() - started));
}

const code = import.meta.filename.endsWith('.js') ? 'compiled' : 'through tsx';
console.log(`# bench/score: ${machine()}, bundle ${name}: ${width} signals, top ${top}; ${code}`);
console.log('| µs, p50 | warm | just parsed |\n| --- | ---: | ---: |');
for (const way of Object.keys(ways)) {
  console.log(`| ${way} | ${median(warm[way]).toFixed(1)} | ${median(cold[way]).toFixed(1)} |`);
}
const [one, , , mlp] = Object.keys(ways);
const BAR = 2;
const ratio = median(warm[one]) / median(warm[mlp]);
console.log(`| ratio | ${ratio.toFixed(2)}× | ${(median(cold[one]) / median(cold[mlp])).toFixed(2)}× |`);
console.log(`\n${median(perSecond).toFixed(0)} rows/s of parsed records in chunks of ${CHUNK}`);
console.log(`bar: at most ${BAR}× warm: ${ratio <= BAR ? 'met' : 'not met'}`);
process.exit(ratio <= BAR ? 0 : 1);

function newTimes(): Record<string, number[]> {
  return Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
}

async function time(
  times: Record<string, number[]>,
  way: string,
  run: (record: AnswerRecord) => unknown,
  record: AnswerRecord,
  counts: boolean,
): Promise<void> {
  const started = performance.now();
  await run(record);
  if (counts) times[way].push(1000 * (performance.now() - started));
}

function median(list: number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}

async function open(dir: string): Promise<{ scorer: Scorer; name: string }> {
  if (positionals[0] !== undefined || existsSync(join(dir, 'manifest.json')))
    return { scorer: await openScorer(dir), name: dir };
  const aside = mkdtempSync(join(tmpdir(), 'vouch-bench-'));
  await writeStandIn(aside);
  const opened = await openScorer(aside);
  rmSync(aside, { recursive: true });
  return { scorer: opened, name: '(untrained stand-in, 4 members 64-64)' };
}

function bareMlp(): Promise<InferenceSession> {
  const architecture = { inputs: 40, hidden: [128, 64], skip: false };
  const graph = new Graph('bare');
  const input = graph.input('x', 'float32', ['n', 40]);
  const shapes = parameterShapes(architecture);
  const weights = initMember(architecture, 0, draw).map((part, k) =>
    graph.floats(part, shapes[k][0] === 1 ? [shapes[k][1]] : shapes[k]),
  );
  const first = graph.op('Relu', [graph.op('Gemm', [input, weights[0], weights[1]])]);
  const second = graph.op('Relu', [graph.op('Gemm', [first, weights[2], weights[3]])]);
  graph.output('logit', graph.op('Gemm', [second, weights[4], weights[5]]), 'float32', ['n', 1]);
  const one = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' as const };
  return InferenceSession.create(graph.encode(), { ...one, graphOptimizationLevel: 'all', logSeverityLevel: 3 });
}

/** Prompt and answer have 50 words each. The tokens are the answer's words, ten of them in two pieces. */
function record(i: number, random: Random): AnswerRecord {
  const words = Array.from({ length: 50 }, () => word(random));
  const pieces = words.flatMap((text, w) => {
    const spaced = w === 0 ? text : ` ${text}`;
    return w % 5 === 4 ? [spaced.slice(0, 2), spaced.slice(2)] : [spaced];
  });
  const tokens = pieces.map((token) => {
    const logprob = Math.log(1 - 0.9 * random.next() ** 3);
    const others = Array.from({ length: top - 1 }, (_, k) => ({
      token: `${token}${k}`,
      logprob: logprob - 1 - k - random.next(),
    }));
    return { token, logprob, top: [{ token, logprob }, ...others] };
  });
  const prompt = `${Array.from({ length: 50 }, () => word(random)).join(' ')}?`;
  return { id: `r${i}`, model: 'm1', prompt, answer: words.join(' '), tokens };
}

function word(random: Random): string {
  const letters = 'etaoinshrdlucmfwyp';
  return Array.from({ length: 2 + random.int(7) }, () => letters[random.int(letters.length)]).join('');
}
