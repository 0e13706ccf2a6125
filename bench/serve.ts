/**
 * `vouch serve` compared with a bare Fastify that parses the same body and returns a constant. Each request has one
 * record of 60 tokens with 5 alternatives. Each server is one process, the client a third, and they alternate. `npx tsx
 * bench/serve.ts [--model BUNDLE] [--seconds 5] [--rounds 5] [--connections 8] [--before CHECKOUT]`; exits with 1 below
 * 60% of the requests per second or above 3 times the p99. Without --model: an untrained stand-in of the default size,
 * top 5. With --before, the `vouch serve` of an earlier checkout (with its node_modules) takes its turn, too.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeLines } from './features/lines.js';
import { type Loaded, loadFor, quantile } from './serve/load.js';
import { cpuSeconds, type Started, startServer, startVouch } from './serve/start.js';
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
    before: { type: 'string' },
  },
});
const dir = mkdtempSync(join(tmpdir(), 'vouch-serve-'));
const model = resolve(values.model ?? join(dir, 'bundle'));
if (values.model === undefined) await writeStandIn(model);
const lines = makeLines(64, { tokens: 60, alternatives: 5, words: 50 }, 'bench/serve').toString().trim().split('\n');
const bodies = lines.map((line) => Buffer.from(line));
const connections = Number(values.connections);
const seconds = Number(values.seconds);

const servers: Record<string, Started> = {
  'vouch serve': await startVouch(model),
  ...(values.before === undefined ? {} : { 'vouch serve, before': await startVouch(model, [], {}, values.before) }),
  'bare Fastify': await startServer(process.execPath, ['--import', 'tsx', 'bench/serve/bare.ts']),
};
/**
 * Runs the load. Also returns the server's processor time per request, which counts when client or machine are the
 * limit.
 */
const runs = new Map<string, (Loaded & { cpu: number })[]>(Object.keys(servers).map((name) => [name, []]));
for (let round = -1; round < Number(values.rounds); round++) {
  for (const name of Object.keys(servers)) {
    const before = cpuSeconds(servers[name]);
    const run = await loadFor(
      { url: servers[name].url, path: '/v1/score', bodies, connections },
      round < 0 ? 3 : seconds,
    );
    if (run.failed > 0) throw new Error(`${name}: ${run.failures[0]}`);
    const cpu = (1e6 * (cpuSeconds(servers[name]) - before)) / run.requests;
    if (round >= 0) runs.get(name)!.push({ ...run, cpu });
  }
}
for (const { stop } of Object.values(servers)) await stop();
rmSync(dir, { recursive: true, force: true });

const rate = (name: string) => median(runs.get(name)!.map(({ requests, seconds: took }) => requests / took));
const cpu = (name: string) => median(runs.get(name)!.map((run) => run.cpu));
const at = (name: string, q: number) => median(runs.get(name)!.map(({ latencies }) => quantile(latencies, q)));
console.log(
  `# bench/serve: ${machine()}, ${connections} connections, ${(bodies[0].length / 1000).toFixed(1)} kB per body, ` +
    `bundle ${values.model ?? 'untrained stand-in'}`,
);
console.log('| | requests/s | p50 ms | p99 ms | cpu µs per request |\n| --- | ---: | ---: | ---: | ---: |');
for (const name of Object.keys(servers)) {
  console.log(
    `| ${name} | ${rate(name).toFixed(0)} | ${at(name, 0.5).toFixed(2)} | ${at(name, 0.99).toFixed(2)} | ` +
      `${cpu(name).toFixed(0)} |`,
  );
}
if (values.before !== undefined) {
  const against = (of: (name: string) => number) => of('vouch serve') / of('vouch serve, before');
  console.log(
    `| against before | ${(100 * against(rate)).toFixed(0)}% | | ${against((name) => at(name, 0.99)).toFixed(2)}× | ` +
      `${against(cpu).toFixed(2)}× |`,
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
