import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { MonitorSchedule, StoreOptions } from '../../../serve/options.js';
import { openService, type Service } from '../../../serve/service.js';
import { sampleLines } from '../../support/sample-answers.js';
import { keptLog, serveOptions } from '../../support/serving.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-serve-monitor-'));
const bundle = join(dir, 'bundle');
const lines = sampleLines(12).map((line, i) => JSON.stringify({ ...JSON.parse(line), id: `q${i}`, group: `g${i}` }));
afterAll(() => rmSync(dir, { recursive: true }));
beforeAll(() => writeTinyBundle(bundle));

let count = 0;
/** A service that runs the monitor every second over a store of its own, and what it logs. */
async function service(more: Partial<MonitorSchedule> = {}, place = join(dir, `${++count}.db`)) {
  const log = keptLog();
  const store: StoreOptions = {
    place,
    queue: 1000,
    texts: false,
    clients: [],
    feedbackKeys: [{ key: 'f', tenant: '' }],
  };
  const monitor = { every: 1, state: join(dir, `${count}`, 'state.json'), queueLabels: 100, ...more };
  const opened = await openService(serveOptions(bundle, { store, monitor, log }));
  let isClosed = false;
  const close = async () => {
    if (!isClosed) await opened.app.close();
    isClosed = true;
  };
  onTestFinished(close);
  const said = (what: string) => log.lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === what);
  return { ...opened, close, said, monitor, place };
}

const post = ({ app }: Service, url: string, payload: string, headers = {}) =>
  app.inject({ method: 'POST', url, payload, headers });
const metrics = async ({ app }: Service) => (await app.inject({ url: '/metrics' })).body.split('\n');

/** Waits until it is so. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}

describe('vouch serve with a monitor', () => {
  it('runs it on schedule, shows its gauges, draws a queue, hears verdicts and logs alarms', {
    timeout: 300_000,
  }, async () => {
    const got: { began: { kind: string }[] }[] = [];
    const hook = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        got.push(JSON.parse(body));
        response.end();
      });
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void hook.close());
    const webhook = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
    const queue = join(dir, 'queues');
    const serving = await service({ queue, webhook });
    await post(serving, '/v1/score', `{"records":[${lines}]}`);
    const rows = () => existsSync(queue) && readdirSync(queue).some((name) => name.endsWith('.csv'));
    await until(rows);
    await until(async () => serving.said('the monitor has run').some(({ answers }) => answers === 12));
    const shown = await metrics(serving);
    expect(shown.some((line) => /^vouch_monitor_answers\{bundle="[0-9a-f]{12}"\} \d+$/.test(line))).toBe(true);
    expect(shown).toContain('vouch_monitor_runs_total{result="failed"} 0');

    const { drawn, ledgers } = JSON.parse(readFileSync(serving.monitor.state, 'utf8'));
    expect(drawn).toHaveLength(12);
    const ids = ledgers.flatMap(([, { open }]: [string, { open: { draws: { id: string }[] }[] }]) =>
      open.flatMap(({ draws }) => draws.map(({ id }) => id)),
    );
    const verdicts = ids.map((id: string) => ({ id, verdict: 'wrong' }));
    const heard = await post(serving, '/v1/feedback', JSON.stringify({ feedback: verdicts }), { 'x-api-key': 'f' });
    expect(heard.statusCode).toBe(200);
    const arrived = (line: string) => /^vouch_monitor_labels\{.*what="arrived".*\} [1-9]\d*$/.test(line);
    await until(async () => (await metrics(serving)).some(arrived));
    await until(() => serving.said('monitor: an alarm began').length > 0);
    expect(serving.said('monitor: an alarm began')[0]).toMatchObject({ level: 40 });
    await until(() => got.length > 0);
    await serving.close();
    expect(existsSync(`${serving.monitor.state}.service.lock`)).toBe(false);
    expect(existsSync(`${serving.monitor.state}.lock`)).toBe(false);

    // a service that starts again shows the findings of the last run at once, and waits for the next one
    const again = await service({ every: 3600, state: serving.monitor.state }, serving.place);
    expect((await metrics(again)).some(arrived)).toBe(true);
    expect(await metrics(again)).toContain('vouch_monitor_runs_total{result="done"} 0');
  });

  it('counts and logs a run that fails, and goes on scoring', { timeout: 300_000 }, async () => {
    const state = join(dir, 'damaged.json');
    writeFileSync(state, 'no state');
    writeFileSync(`${state}.findings.json`, '{"bundle":"of an older version"}');
    const serving = await service({ state });
    await until(() => serving.said('a run of the monitor failed').length > 0);
    expect(serving.said('a run of the monitor failed')[0]).toMatchObject({ level: 50, code: 'FILE_UNREADABLE' });
    expect(
      (await metrics(serving)).some((line) => /^vouch_monitor_runs_total\{result="failed"\} [1-9]/.test(line)),
    ).toBe(true);
    expect((await post(serving, '/v1/score', lines[0])).statusCode).toBe(200);
  });

  it('runs in one of two services with one state, which is said once; the other takes over', {
    timeout: 300_000,
  }, async () => {
    const first = await service();
    await until(() => first.said('the monitor has run').length > 0);
    const second = await service({ state: first.monitor.state }, first.place);
    await until(() => second.said('another process runs the monitor').length > 0);
    const before = first.said('the monitor has run').length;
    await until(() => first.said('the monitor has run').length > before + 1);
    expect(second.said('another process runs the monitor')).toHaveLength(1);
    // it shows the findings of the other one
    const runOf = async () => Number(/^vouch_monitor_run\{.*\} (\d+)$/m.exec((await metrics(second)).join('\n'))?.[1]);
    await until(async () => (await runOf()) > before);
    expect(second.said('the monitor has run')).toHaveLength(0);
    await first.close();
    await until(() => second.said('the monitor has run').length > 0);
  });

  it('begins a new state with a new bundle, and takes the old one up again', { timeout: 300_000 }, async () => {
    const state = join(dir, 'two.json');
    const one = await service({ state });
    await until(() => one.said('the monitor has run').length > 1);
    await one.close();
    const { bundle: old, runs } = JSON.parse(readFileSync(state, 'utf8'));
    const other = join(dir, 'other');
    await writeTinyBundle(other, { seed: 2 });
    const { runStored } = await import('../../../monitor/stored/run-stored.js');
    const { monitorRules } = await import('../../../monitor/rules.js');
    const run = (model: string) =>
      runStored({
        ...{ place: one.place, model, state, perBundle: true, rules: monitorRules({}), reviews: ['verdict'] },
        ...{ labels: new Map(), note: () => {} },
      });
    expect((await run(other)).run).toBe(1);
    expect(JSON.parse(readFileSync(`${state}.${old.slice(0, 12)}`, 'utf8')).runs).toBe(runs);
    expect((await run(bundle)).run).toBe(runs + 1);
  });
});
