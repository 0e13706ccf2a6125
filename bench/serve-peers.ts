/**
 * `vouch serve` compared with FastAPI + onnxruntime and with MLServer (sklearn runtime), one process each. Each request
 * has a record of 60 tokens with 5 alternatives, and all compute the same token signals and an MLP 64-64. FastAPI reads
 * the record as a pydantic model, as in its tutorial, and runs the same graph (the results are compared first).
 * MLServer gets the record as a text and has its own MLP. The table also shows the fastest form of each: FastAPI with
 * orjson on the raw body, and MLServer with bare log-probabilities, a third of the bytes. `npx tsx bench/serve-peers.ts
 * [--seconds 5] [--rounds 3] [--connections 8]`; exits with 1 below 5 times the requests per second of the first two.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { AnswerRecord } from '../data/record.js';
import { makeLines } from './features/lines.js';
import { type Load, type Loaded, loadFor, quantile } from './serve/load.js';
import { cpuSeconds, spawnServer, startVouch } from './serve/start.js';
import { writeTokenBundle } from './serve/token-bundle.js';
import { machine, venv } from './venv.js';

const TIMES = 5;
const JSON_TYPE = { 'content-type': 'application/json' };
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '8' },
  },
});
const python = resolve(venv('bench/requirements-serve.txt', 'bench/.venv-serve'));
const dir = mkdtempSync(join(tmpdir(), 'vouch-peers-'));
const bundle = join(dir, 'bundle');
await writeTokenBundle(bundle);
const peers = resolve('bench/serve/peers');
const connections = Number(values.connections);

const lines = makeLines(64, { tokens: 60, alternatives: 5, words: 50 }, 'bench/serve').toString().trim().split('\n');
const records = lines.map((line) => Buffer.from(line));
const tensors = lines.map((line) => Buffer.from(JSON.stringify(tensorOf(JSON.parse(line)))));

const vouch = await startVouch(bundle);
const [fastPort, http, grpc, metrics] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
const fast = spawnServer(python, [join(peers, 'fast_api.py'), join(bundle, 'model.onnx'), String(fastPort)]);
mkdirSync(join(dir, 'mlserver'));
execFileSync(python, [join(peers, 'make_sklearn.py'), join(dir, 'mlserver'), ...[http, grpc, metrics].map(String)], {
  stdio: ['ignore', 'ignore', 'pipe'],
});
const mlserver = spawnServer(join(python, '../mlserver'), ['start', join(dir, 'mlserver')], { PYTHONPATH: peers });
const fastUrl = `http://127.0.0.1:${fastPort}`;
const sklearnUrl = `http://127.0.0.1:${http}/v2/models`;
const texts = lines.map((line) => Buffer.from(JSON.stringify(textOf(line))));
type Server = Omit<Load, 'connections'> & Parameters<typeof cpuSeconds>[0] & { bar: boolean };
const loads: Record<string, Server> = {
  'vouch serve': { ...vouch, path: '/v1/score', bodies: records, bar: false },
  'FastAPI + onnxruntime': { ...fast, url: fastUrl, path: '/v1/score', bodies: records, bar: true },
  'MLServer, sklearn': { ...mlserver, url: sklearnUrl, path: '/records/infer', bodies: texts, bar: true },
  'FastAPI, tuned': { ...fast, url: fastUrl, path: '/tuned', bodies: records, bar: false },
  'MLServer, bare numbers': { ...mlserver, url: sklearnUrl, path: '/tokens/infer', bodies: tensors, bar: false },
};
await Promise.all(Object.values(loads).map(answers));
await compareNumbers();

const runs: Record<string, (Loaded & { cpu: number })[]> = {};
for (let round = -1; round < Number(values.rounds); round++) {
  for (const [name, what] of Object.entries(loads)) {
    const before = cpuSeconds(what);
    const run = await loadFor({ ...what, connections }, round < 0 ? 3 : Number(values.seconds));
    if (run.failed > 0) throw new Error(`${name}: ${run.failures[0]}`);
    const cpu = (1e6 * (cpuSeconds(what) - before)) / run.requests;
    if (round >= 0) (runs[name] ??= []).push({ ...run, cpu });
  }
}
for (const { stop } of [vouch, fast, mlserver]) await stop();
rmSync(dir, { recursive: true, force: true });

const rate = (name: string) => median(runs[name].map(({ requests, seconds }) => requests / seconds));
const at = (name: string, q: number) => median(runs[name].map(({ latencies }) => quantile(latencies, q))).toFixed(2);
const times = (name: string) => rate('vouch serve') / rate(name);
console.log(`# bench/serve-peers: ${machine()}, ${connections} connections, one process each`);
console.log(
  '| | kB per body | requests/s | p50 ms | p99 ms | cpu µs per request | vouch is |\n| --- | ---: | ---: | ---: | ' +
    '---: | ---: | ---: |',
);
for (const [name, { bodies }] of Object.entries(loads)) {
  const size = (bodies[0].length / 1000).toFixed(1);
  console.log(
    `| ${name} | ${size} | ${rate(name).toFixed(0)} | ${at(name, 0.5)} | ${at(name, 0.99)} | ` +
      `${median(runs[name].map(({ cpu }) => cpu)).toFixed(0)} | ${times(name).toFixed(1)}× |`,
  );
}
const met = Object.keys(loads).every((name) => !loads[name].bar || times(name) >= TIMES);
console.log(`\nbar: at least ${TIMES} times the requests/s of the first two: ${met ? 'met' : 'not met'}`);
process.exit(met ? 0 : 1);

/** Each token's log-probability, then those of its alternatives, as the protocol's JSON. */
function tensorOf({ tokens }: AnswerRecord) {
  const data = tokens!.flatMap(({ logprob, top }) => [logprob, ...top!.map((other) => other.logprob)]);
  const inputs = [{ name: 'x', datatype: 'FP32', shape: [1, data.length], data }];
  return { inputs, outputs: [{ name: 'predict_proba' }] };
}

/** A record as one text in a tensor. */
function textOf(line: string) {
  const inputs = [{ name: 'x', datatype: 'BYTES', shape: [1, 1], data: [line], parameters: { content_type: 'str' } }];
  return { inputs, outputs: [{ name: 'predict_proba' }] };
}

async function answers({ url, path, bodies }: Omit<Load, 'connections'>): Promise<void> {
  for (let i = 0; i < 600; i++) {
    const reply = await fetch(url + path, {
      method: 'POST',
      body: bodies[0].toString(),
      headers: JSON_TYPE,
    }).catch(() => null);
    if (reply?.ok) return;
    await sleep(100);
  }
  throw new Error(`no answer from ${url} within a minute`);
}

/** FastAPI must return the same probability as vouch, or it does not do the same work. */
async function compareNumbers(): Promise<void> {
  for (const body of records) {
    const [ours, theirs] = await Promise.all(
      ['vouch serve', 'FastAPI + onnxruntime'].map(async (name) => {
        const reply = await fetch(loads[name].url + loads[name].path, {
          method: 'POST',
          body: body.toString(),
          headers: JSON_TYPE,
        });
        return ((await reply.json()) as { probability: number }).probability;
      }),
    );
    if (!(Math.abs(ours - theirs) < 1e-5)) throw new Error(`vouch says ${ours}, FastAPI ${theirs}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

function median(list: number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}
