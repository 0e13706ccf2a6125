/**
 * How long ordinary requests take while `vouch serve` and `vouch gateway` are attacked, compared with a harmless load
 * of the same number of bytes, in alternating phases. The harmless load is ordinary records for the service, and
 * replies that pass unscored for the gateway. `npx tsx bench/serve-attacks.ts [--model BUNDLE] [--seconds 3] [--rounds
 * 2] [--rate 60] [--only WORD]`. Exits with 1 if a p99 is more than 3 times that under the harmless load, or an
 * ordinary request failed. Without --model: an untrained bundle of the default size, top 5.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { quantile } from './serve/load.js';
import { memoryOf, type Started, startServer, startVouch } from './serve/start.js';
import { attacks, type Target } from './serve-attacks/attacks.js';
import { longRecord, records } from './serve-attacks/bodies.js';
import { type Measured, measure, type What } from './serve-attacks/measure.js';
import type { Order } from './serve-attacks/sender.js';
import { writeStandIn } from './stand-in.js';
import { machine } from './venv.js';

const BAR = 3;
const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '2' },
    rate: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
  },
});
const rate = Number(values.rate);
const ms = 1000 * Number(values.seconds);
const dir = mkdtempSync(join(tmpdir(), 'vouch-attacks-'));
const model = values.model ?? join(dir, 'bundle');
if (values.model === undefined) await writeStandIn(model);

const tsx = ['--import', 'tsx'];
const noted: Record<Target, string> = { service: join(dir, 'service.slices'), gateway: join(dir, 'gateway.slices') };
const watched = (on: Target) => ({
  VOUCH_SLICES: noted[on],
  NODE_OPTIONS: '--import=./bench/serve-attacks/slices.mjs',
});
const upstream = await startServer(process.execPath, [...tsx, 'bench/serve-attacks/upstream.ts']);
const gatewayArgs = [
  ...['scripts/vouch.ts', 'gateway', '--upstream', `${upstream.url}/v1`, '--model', model, '--port', '0'],
  ...['--json', '--log-level', 'error', '--drain-wait', '0'],
];
const servers: Record<Target, Started> = {
  service: await startVouch(model, [], watched('service')),
  gateway: await startServer(process.execPath, [...tsx, ...gatewayArgs], watched('gateway')),
};
const sender = fork('bench/serve-attacks/sender.ts', { execArgv: tsx });
process.on('exit', () => sender.kill());
await once(sender, 'message');

const question = { model: 'm0', logprobs: true, top_logprobs: 5, messages: [{ role: 'user', content: 'Which one?' }] };
const ordinary: Record<Target, What> = {
  service: {
    url: servers.service.url,
    path: '/v1/score',
    bodies: records.map((line) => Buffer.from(line)),
    healthPath: '/v2/health/live',
    rate,
  },
  gateway: {
    url: servers.gateway.url,
    path: '/v1/chat/completions',
    bodies: [Buffer.from(JSON.stringify(question))],
    healthPath: '/vouch/health/live',
    rate,
  },
};

/** Starts the threads and compiles the code before anything is measured. */
const long = longRecord(2000);
for (let i = 0; i < 20; i++) await fetch(`${servers.service.url}/v1/score`, { method: 'POST', body: long });
const tokens = JSON.stringify({ ...question, model: 'tokens' });
for (let i = 0; i < 3; i++)
  await (await fetch(`${servers.gateway.url}/v1/chat/completions`, { method: 'POST', body: tokens })).text();
for (const each of Object.values(ordinary)) await measure(each, new Promise((done) => setTimeout(done, 3000)));

console.log(
  `# bench/serve-attacks: ${machine()}, ${rate} ordinary requests/s, ${values.rounds} alternating phases of ` +
    `${values.seconds} s each, bundle ${values.model ?? 'untrained stand-in'}`,
);
console.log(
  '| attack | on | statuses | p50 harmless | p50 attack | p99 harmless ms | p99 attack ms | ratio | ' +
    'longest health ms: harmless, attack | longest slice, ms of CPU | peak MB |',
);
console.log('| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
let met = true;
for (const [index, { name, on }] of attacks.entries()) {
  if (!name.includes(values.only)) continue;
  const runs = { harmless: none(), attack: none() };
  const statuses = new Set<number>();
  let slice = 0;
  let peak = 0;
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const kind of ['harmless', 'attack'] as const) {
      const watch = setInterval(() => (peak = Math.max(peak, kind === 'attack' ? memoryOf(servers[on]) : 0)), 50);
      const began = Date.now();
      const sent = order(sender, { index, kind, url: servers[on].url, ms });
      const run = await measure(ordinary[on], Promise.all([sent, new Promise((done) => setTimeout(done, ms))]));
      clearInterval(watch);
      if (kind === 'attack') {
        for (const status of await sent) statuses.add(status);
        slice = Math.max(slice, longestSlice(noted[on], began));
      }
      for (const latency of run.latencies) runs[kind].latencies.push(latency);
      for (const latency of run.health) runs[kind].health.push(latency);
      runs[kind].failed += run.failed;
    }
  }
  const at = (kind: 'harmless' | 'attack', q: number) => quantile(Float64Array.from(runs[kind].latencies).sort(), q);
  const most = (kind: 'harmless' | 'attack') => quantile(Float64Array.from(runs[kind].health).sort(), 1).toFixed(0);
  const ratio = at('attack', 0.99) / at('harmless', 0.99);
  const failed = runs.attack.failed;
  met &&= ratio <= BAR && failed === 0;
  const p50 = `${at('harmless', 0.5).toFixed(1)} | ${at('attack', 0.5).toFixed(1)}`;
  const p99 = `${at('harmless', 0.99).toFixed(1)} | ${at('attack', 0.99).toFixed(1)}`;
  const replies = `${[...statuses].join(', ')}${failed > 0 ? `; ${failed} ordinary requests failed` : ''}`;
  console.log(
    `| ${name} | ${on} | ${replies} | ${p50} | ${p99} | ${ratio.toFixed(2)}× | ` +
      `${most('harmless')}, ${most('attack')} | ${slice.toFixed(0)} | ${(peak / 1e6).toFixed(0)} |`,
  );
}
sender.kill();
for (const { stop } of [...Object.values(servers), upstream]) await stop();
rmSync(dir, { recursive: true, force: true });
console.log(
  `\nbar: p99 at most ${BAR}× that under a harmless load of the same bytes, no ordinary request fails: ` +
    `${met ? 'met' : 'not met'}`,
);
process.exit(met ? 0 : 1);

function none(): Measured {
  return { latencies: [], health: [], failed: 0 };
}

async function order(child: ChildProcess, what: Order): Promise<number[]> {
  child.send(what);
  const [{ statuses }] = (await once(child, 'message')) as [{ statuses: number[] }];
  return statuses;
}

/** The longest slice of a server since a given time. */
function longestSlice(file: string, since: number): number {
  if (!existsSync(file)) return 0;
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  let longest = 0;
  for (const line of lines) {
    const [at, used] = line.split(' ').map(Number);
    if (at >= since) longest = Math.max(longest, used);
  }
  return longest;
}
