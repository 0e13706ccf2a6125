/**
 * Time from one parsed record (60 tokens with 5 alternatives, prompt and answer of 50 words) to its probability, against the bare
 * graph run of an MLP 40-128-64-1, alternating in one run; then rows a second in chunks of 128.
 * `npx tsx bench/score.ts [BUNDLE] [--rounds 40]`; BUNDLE is runs/demo unless given, an untrained stand-in where that is missing.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { AnswerRecord } from '../data/record.js';
import { rowMaker } from '../features/row.js';
import { emitNetwork, initMember } from '../models/networks/network.js';
import { Graph } from '../models/onnx/graph.js';
import { openScorer, type Scorer } from '../scorer/open.js';
import { type Random, random } from '../support/random.js';
import { writeStandIn } from './stand-in.js';
import { machine } from './venv.js';

const RUNS = 100;
const CHUNK = 128;
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '40' } },
  allowPositionals: true,
});
const draw = random('bench');
/** Few, as a record that was just parsed lies in the processor's cache. */
const records = Array.from({ length: 16 }, (_, i) => record(i, draw));
const { scorer, name } = await open(positionals[0] ?? 'runs/demo');
const bare = await bareMlp();
const x = Float32Array.from({ length: 40 }, () => draw.normal());
const maker = rowMaker(scorer.manifest.signals);
const width = scorer.manifest.signals.numeric.length;
const row = new Float32Array(width);
const categories = new Int32Array(scorer.manifest.signals.categorical.length);

const ways: Record<string, (i: number) => unknown> = {
  'one record → probability': (i) => scorer.score(records[i % records.length]),
  '  of that: signals': (i) => maker.row(records[i % records.length], row, 0, categories, 0),
  '  of that: graph run': () => scorer.scoreFeatures(row),
  'bare MLP 40-128-64-1': () => bare.run({ x: new Tensor('float32', x, [1, 40]) }),
};
const times = Object.fromEntries(Object.keys(ways).map((way) => [way, [] as number[]]));
for (let round = -3; round < Number(values.rounds); round++) {
  for (const [way, run] of Object.entries(ways)) {
    for (let i = 0; i < RUNS; i++) {
      const started = performance.now();
      await run(round * RUNS + i + 3 * RUNS);
      if (round >= 0) times[way].push(1000 * (performance.now() - started));
    }
  }
}
const many = Array.from({ length: CHUNK }, (_, i) => record(i, draw));
const perSecond = [];
for (let round = 0; round < 40; round++) {
  const started = performance.now();
  await scorer.scoreMany(many);
  if (round >= 8) perSecond.push((1000 * CHUNK) / (performance.now() - started));
}

const quantile = (list: number[], q: number) => [...list].sort((a, b) => a - b)[Math.floor(q * (list.length - 1))];
console.log(`# bench/score: ${machine()}, bundle ${name}: ${width} signals`);
console.log('| | p50 µs | p95 µs |\n| --- | ---: | ---: |');
for (const [way, list] of Object.entries(times)) {
  console.log(`| ${way} | ${quantile(list, 0.5).toFixed(1)} | ${quantile(list, 0.95).toFixed(1)} |`);
}
console.log(`\n${quantile(perSecond, 0.5).toFixed(0)} rows/s of parsed records in chunks of ${CHUNK}`);
const [one, , , mlp] = Object.values(times).map((list) => quantile(list, 0.5));
console.log(`ratio ${(one / mlp).toFixed(2)}× (bar: at most 3×)`);
process.exit(one / mlp <= 3 ? 0 : 1);

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
  const architecture = { inputs: 40, hidden: [128, 64], activation: 'relu' as const, skip: false };
  const graph = new Graph('bare');
  const input = graph.input('x', 'float32', ['n', 40]);
  const network = { architecture, members: [initMember(architecture, 0, draw)] };
  graph.output('logit', emitNetwork(graph, network, input), 'float32', ['n', 1]);
  const one = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' as const };
  return InferenceSession.create(graph.encode(), { ...one, graphOptimizationLevel: 'all', logSeverityLevel: 3 });
}

/** 50 words of prompt and answer; the answer's words are its tokens, ten of them in two pieces. */
function record(i: number, random: Random): AnswerRecord {
  const words = Array.from({ length: 50 }, () => word(random));
  const pieces = words.flatMap((text, w) => {
    const spaced = w === 0 ? text : ` ${text}`;
    return w % 5 === 4 ? [spaced.slice(0, 2), spaced.slice(2)] : [spaced];
  });
  const tokens = pieces.map((token) => {
    const logprob = Math.log(1 - 0.9 * random.next() ** 3);
    const others = [1, 2, 3, 4].map((k) => ({ token: `${token}${k}`, logprob: logprob - k - random.next() }));
    return { token, logprob, top: [{ token, logprob }, ...others] };
  });
  const prompt = `${Array.from({ length: 50 }, () => word(random)).join(' ')}?`;
  return { id: `r${i}`, model: 'm1', prompt, answer: words.join(' '), tokens };
}

function word(random: Random): string {
  const letters = 'etaoinshrdlucmfwyp';
  return Array.from({ length: 2 + random.int(7) }, () => letters[random.int(letters.length)]).join('');
}
