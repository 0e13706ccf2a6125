/**
 * A long run: an endless stream of requests to a bundle that is swapped every ten seconds by changing a symlink. No
 * request may fail, each answer must be the score of one of the two bundles, and the server's memory must not grow.
 * `npx tsx bench/serve-long.ts [--requests 1000000] [--every 10] [--connections 8] [--model BUNDLE]`; exits with 1 if a
 * request failed, an answer differed, or the memory of the last quarter is over 1.15 times that of the second.
 */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AnswerRecord } from '../data/record.js';
import { shortest } from '../scorer/batch/out/shortest.js';
import { openScorer } from '../scorer/open.js';
import { makeLines } from './features/lines.js';
import { load, quantile } from './serve/load.js';
import { memoryOf, startVouch } from './serve/start.js';
import { writeStandIn } from './stand-in.js';
import { machine } from './venv.js';

const GROWTH = 1.15;
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000000' },
    every: { type: 'string', default: '10' },
    connections: { type: 'string', default: '8' },
    model: { type: 'string' },
  },
});
const requests = Number(values.requests);
const dir = mkdtempSync(join(tmpdir(), 'vouch-long-'));
const at = (name: string) => join(dir, name);
await writeBundles();
symlinkSync(at('a'), at('live'));
const lines = makeLines(64, { tokens: 60, alternatives: 5, words: 50 }, 'bench/serve').toString().trim().split('\n');
const expected = new Set([...(await probabilities(at('a'))), ...(await probabilities(at('b')))]);

const server = await startVouch(at('live'), ['--watch', '0.5']);
const memory: { second: number; mb: number }[] = [];
const versions = new Set<string>();
let swaps = 0;
let others = 0;
const began = performance.now();
const look = setInterval(async () => {
  memory.push({ second: (performance.now() - began) / 1000, mb: memoryOf(server) / 1e6 });
  const reply = await fetch(`${server.url}/v2/models/vouch`);
  versions.add(((await reply.json()) as { versions: string[] }).versions[0]);
}, 2000);
const swap = setInterval(() => {
  swaps++;
  symlinkSync(at(swaps % 2 === 1 ? 'b' : 'a'), at('next'));
  renameSync(at('next'), at('live'));
}, 1000 * Number(values.every));
const check = (text: string) => {
  const probability = /"probability":([^,]*)/.exec(text)?.[1];
  if (probability === undefined || !expected.has(probability)) others++;
};
const bodies = lines.map((line) => Buffer.from(line));
const what = { url: server.url, path: '/v1/score', bodies, connections: Number(values.connections), check };
const run = await load(what, (sent) => sent < requests, Math.min(requests, 1e6));
clearInterval(look);
clearInterval(swap);
const metrics = await (await fetch(`${server.url}/metrics`)).text();
const taken = Number(/vouch_bundle_loads_total\{result="swapped"\} (\d+)/.exec(metrics)?.[1]) - 1;
const refused = Number(/vouch_bundle_loads_total\{result="refused"\} (\d+)/.exec(metrics)?.[1] ?? 0);
const code = await server.stop();
rmSync(dir, { recursive: true, force: true });

const quarter = (q: number) => {
  const part = memory.slice(Math.floor((memory.length * (q - 1)) / 4), Math.floor((memory.length * q) / 4));
  return part.map(({ mb }) => mb).sort((a, b) => a - b)[part.length >> 1];
};
const most = Math.max(...memory.map(({ mb }) => mb));
console.log(`# bench/serve-long: ${machine()}, ${values.connections} connections, a swap every ${values.every} s`);
console.log(
  '| requests | failed | other answers | seconds | requests/s | p99 ms | p99.9 ms | most ms | swaps | taken | ' +
    'refused |',
);
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
const ms = [0.99, 0.999, 1].map((q) => quantile(run.latencies, q).toFixed(1)).join(' | ');
const rate = (run.requests / run.seconds).toFixed(0);
console.log(
  `| ${run.requests} | ${run.failed} | ${others} | ${run.seconds.toFixed(0)} | ${rate} | ${ms} | ${swaps} | ` +
    `${taken} | ${refused} |`,
);
console.log(
  `\nmemory, MB by quarter: ${[1, 2, 3, 4].map((q) => quarter(q)?.toFixed(0)).join(', ')}; most ${most.toFixed(0)}`,
);
for (const failure of run.failures) console.log(failure);
const flat = quarter(4) <= GROWTH * quarter(2);
const met = run.failed === 0 && others === 0 && code === 0 && flat && taken > 0 && versions.size === 2;
console.log(`bar: no failure, each answer of one of the bundles, memory flat: ${met ? 'met' : 'not met'}`);
process.exit(met ? 0 : 1);

/** Two bundles whose graphs have different weights, so that their scores differ. */
async function writeBundles(): Promise<void> {
  if (values.model === undefined) {
    await writeStandIn(at('a'), 1);
    await writeStandIn(at('b'), 2);
    return;
  }
  cpSync(values.model, at('a'), { recursive: true });
  cpSync(values.model, at('b'), { recursive: true });
  const manifest = JSON.parse(readFileSync(at('b/manifest.json'), 'utf8'));
  writeFileSync(at('b/manifest.json'), JSON.stringify({ ...manifest, created: '2000-01-01T00:00:00Z' }));
}

/** A bundle's scores of the lines, as they are printed. */
async function probabilities(bundle: string): Promise<string[]> {
  const scorer = await openScorer(bundle);
  const scores = await scorer.scoreMany(lines.map((line) => JSON.parse(line) as AnswerRecord));
  await scorer.close();
  return scores.map(({ probability }) => String(shortest(probability)));
}
