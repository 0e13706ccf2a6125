/**
 * `vouch serve` compared with a bare Fastify that parses the same body and returns a constant. Each request has one
 * record of 60 tokens with 5 alternatives. Each server is one process, the client a third, and they alternate. `npx tsx
 * bench/serve.ts [--model BUNDLE] [--seconds 5] [--rounds 5] [--connections 8]`; exits with 1 below 60% of the requests
 * per second or above 3 times the p99. Without --model: an untrained stand-in of the default size, top 5.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeLines } from './features/lines.js';
import { type Loaded, loadFor, quantile } from './serve/load.js';
import { cpuSeconds, startServer, startVouch } from './serve/start.js';
import { writeStandIn } from './stand-in.js';
import { machine } from './venv.js';

const RATE = 0.6;
const P99 = 3;
const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '8' },
  },
});
const dir = mkdtempSync(join(tmpdir(), 'vouch-serve-'));
const model = values.model ?? join(dir, 'bundle');
if (values.model === undefined) await writeStandIn(model);
const lines = makeLines(64, { tokens: 60, alternatives: 5, words: 50 }, 'bench/serve').toString().trim().split('\n');
const bodies = lines.map((line) => Buffer.from(line));
const connections = Number(values.connections);
const seconds = Number(values.seconds);

const servers = {
  'vouch serve': await startVouch(model),
  'bare Fastify': await startServer(process.execPath, ['--import', 'tsx', 'bench/serve/bare.ts']),
};
/**
 * Runs the load. Also returns the server's processor time per request, which counts when client or machine are the
 * limit.
 */
const runs: Record<keyof typeof servers, (Loaded & { cpu: number })[]> = { 'vouch serve': [], 'bare Fastify': [] };
for (let round = -1; round < Number(values.rounds); round++) {
  for (const name of Object.keys(servers) as (keyof typeof servers)[]) {
    const before = cpuSeconds(servers[name]);
    const run = await loadFor(
      { url: servers[name].url, path: '/v1/score', bodies, connections },
      round < 0 ? 3 : seconds,
    );
    if (run.failed > 0) throw new Error(`${name}: ${run.failures[0]}`);
    const cpu = (1e6 * (cpuSeconds(servers[name]) - before)) / run.requests;
    if (round >= 0) runs[name].push({ ...run, cpu });
  }
}
for (const { stop } of Object.values(servers)) await stop();
rmSync(dir, { recursive: true, force: true });

const rate = (name: keyof typeof servers) => median(runs[name].map(({ requests, seconds: took }) => requests / took));
const cpu = (name: keyof typeof servers) => median(runs[name].map((run) => run.cpu));
const at = (name: keyof typeof servers, q: number) => median(runs[name].map(({ latencies }) => quantile(latencies, q)));
console.log(
  `# bench/serve: ${machine()}, ${connections} connections, ${(bodies[0].length / 1000).toFixed(1)} kB per body, ` +
    `bundle ${values.model ?? 'untrained stand-in'}`,
);
console.log('| | requests/s | p50 ms | p99 ms | cpu µs per request |\n| --- | ---: | ---: | ---: | ---: |');
for (const name of Object.keys(servers) as (keyof typeof servers)[]) {
  console.log(
    `| ${name} | ${rate(name).toFixed(0)} | ${at(name, 0.5).toFixed(2)} | ${at(name, 0.99).toFixed(2)} | ` +
      `${cpu(name).toFixed(0)} |`,
  );
}
const share = rate('vouch serve') / rate('bare Fastify');
const slower = at('vouch serve', 0.99) / at('bare Fastify', 0.99);
console.log(
  `| ratio | ${(100 * share).toFixed(0)}% | | ${slower.toFixed(2)}× | ` +
    `${(cpu('vouch serve') / cpu('bare Fastify')).toFixed(2)}× |`,
);
const met = share >= RATE && slower <= P99;
console.log(`\nbar: at least 60% of the requests/s, p99 at most 3×: ${met ? 'met' : 'not met'}`);
process.exit(met ? 0 : 1);

function median(list: number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}
