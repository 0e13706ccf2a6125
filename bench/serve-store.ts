/**
 * What a store costs a service: `vouch serve` at half its highest rate, without a store, and with SQLite or PostgreSQL
 * while 200 feedbacks a second arrive. Latencies count from the scheduled time of a request, in alternating rounds.
 * `npx tsx bench/serve-store.ts [--model BUNDLE] [--seconds 10] [--rounds 3] [--feedback 200] [--postgres URL]`. Exits
 * with 1 if the p99 with SQLite is more than 1.5 times that without a store, or if a request or a feedback failed.
 * PostgreSQL takes its turn if --postgres names a server; it shares the machine.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeLines } from './features/lines.js';
import { requests } from './serve/lean-client.js';
import { quantile } from './serve/load.js';
import { cpuSeconds, type Started, startVouch } from './serve/start.js';
import type { FeedbackOrder, FeedbackSent } from './serve-store/feedback-sender.js';
import { writeStandIn } from './stand-in.js';
import { machine } from './venv.js';

const BAR = 1.5;
const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    feedback: { type: 'string', default: '200' },
    postgres: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const dir = mkdtempSync(join(tmpdir(), 'vouch-serve-store-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
const model = resolve(values.model ?? join(dir, 'bundle'));
if (values.model === undefined) await writeStandIn(model);
const lines = makeLines(64, { tokens: 60, alternatives: 5, words: 50 }, 'bench/serve').toString().trim().split('\n');
const bodies = lines.map((line) => Buffer.from(line));
const ids = lines.map((line) => (JSON.parse(line) as { id: string }).id);

const key = { VOUCH_FEEDBACK_KEY: 'bench' };
const servers: Record<string, Started> = {
  'no store': await startVouch(model),
  SQLite: await startVouch(model, ['--store', join(dir, 'answers.db')], key),
  ...(values.postgres === undefined ? {} : { PostgreSQL: await startVouch(model, ['--store', values.postgres], key) }),
};
const sender = fork('bench/serve-store/feedback-sender.ts', { execArgv: ['--import', 'tsx'] });
process.on('exit', () => sender.kill());
await once(sender, 'message');

/** The highest rate, without a store: the client sends as fast as eight connections allow. */
const bare = servers['no store'];
const scoring = { path: '/v1/score', bodies };
await requests({ ...scoring, url: bare.url, connections: 8 }, { seconds: 3 });
const top = await requests({ ...scoring, url: bare.url, connections: 8 }, { seconds: 5 });
const rate = Math.floor(top.latencies.length / top.seconds / 2);
console.log(
  `# bench/serve-store: ${machine()}, ${rate} requests/s (half of ${2 * rate}), ${values.feedback} feedbacks/s, ` +
    `${values.rounds} alternating rounds of ${seconds} s, bundle ${values.model ?? 'untrained stand-in'}`,
);

interface Side {
  latencies: number[];
  feedback: number[];
  failed: number;
  cpu: number;
  client: number;
  requests: number;
}
const found = new Map<string, Side>(
  Object.keys(servers).map((name) => [
    name,
    { latencies: [], feedback: [], failed: 0, cpu: 0, client: 0, requests: 0 },
  ]),
);
for (let round = -1; round < Number(values.rounds); round++) {
  for (const [name, server] of Object.entries(servers)) {
    const own = round < 0 ? 3 : seconds;
    const before = cpuSeconds(server);
    const sent =
      name === 'no store'
        ? null
        : send({ url: server.url, seconds: own, ids, perSecond: Number(values.feedback), round });
    const client = process.cpuUsage();
    const run = await requests({ ...scoring, url: server.url, connections: 64 }, { seconds: own, rate });
    const feedback = await sent;
    if (round < 0) continue;
    const side = found.get(name)!;
    for (const latency of run.latencies) side.latencies.push(latency);
    for (const latency of feedback?.latencies ?? []) side.feedback.push(latency);
    side.failed += run.failed + (feedback?.failed ?? 0);
    side.cpu += cpuSeconds(server) - before;
    const { user, system } = process.cpuUsage(client);
    side.client += (user + system) / 1e6;
    side.requests += run.latencies.length;
  }
}
sender.kill();
const dropped: Record<string, number> = {};
for (const [name, { url }] of Object.entries(servers)) {
  const text = await (await fetch(`${url}/metrics`)).text();
  dropped[name] = Number(/vouch_store_answers_total\{[^}]*dropped[^}]*\} (\d+)/.exec(text)?.[1] ?? 0);
}
for (const { stop } of Object.values(servers)) await stop();

const at = (list: readonly number[], q: number) => quantile(Float64Array.from(list).sort(), q);
console.log(
  '| | p50 ms | p99 ms | p99 against no store | cpu µs per request | the client’s | feedback p99 ms | failed | not stored |',
);
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
const ratios = new Map<string, number>();
for (const [name, { latencies, feedback, failed, cpu, client, requests: sent }] of found) {
  const ratio = at(latencies, 0.99) / at(found.get('no store')!.latencies, 0.99);
  ratios.set(name, ratio);
  const own = feedback.length === 0 ? '–' : at(feedback, 0.99).toFixed(1);
  console.log(
    `| ${name} | ${at(latencies, 0.5).toFixed(2)} | ${at(latencies, 0.99).toFixed(2)} | ${ratio.toFixed(2)}× | ` +
      `${((1e6 * cpu) / sent).toFixed(0)} | ${((1e6 * client) / sent).toFixed(0)} | ${own} | ${failed} | ${dropped[name]} |`,
  );
}
const isClean = [...found.values()].every(({ failed }) => failed === 0);
const met = ratios.get('SQLite')! <= BAR && isClean;
console.log(`\nbar: p99 with SQLite at most ${BAR}× that without a store, nothing fails: ${met ? 'met' : 'not met'}`);
process.exit(met ? 0 : 1);

async function send(order: FeedbackOrder): Promise<FeedbackSent> {
  sender.send(order);
  const [answer] = (await once(sender, 'message')) as [FeedbackSent];
  return answer;
}
