import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type MonitorOptions, train, monitor as watch } from '../../index.js';
import { register } from '../../scripts/commands/monitor.js';
import { errorOf, temporary } from '../data/temporary.js';
import { madeAnswers } from '../support/answers.js';
import { command } from '../support/run-command.js';
import { quick } from '../support/trained.js';

const { folder, put } = temporary();
const bundle = join(folder, 'bundle');
const small = { ...quick, learners: ['logistic' as const], patterns: ['free'], threads: 1, backend: 'wasm' as const };

/** A day of new answers to questions of its own; on a bad day all are wrong. */
function day(n: number, { bad = false, labels = false } = {}): string {
  const rows = madeAnswers(60, 100 + n).map((record, i) => ({
    ...record,
    id: `d${n}-${record.id}`,
    group: `d${n}-${record.group}`,
    prompt: `What is fact number ${300 + 70 * n + (i >> 1)}?`,
    time: new Date(Date.UTC(2026, 0, n, 0, i)).toISOString(),
    labels: labels ? (bad ? [{ value: 0, source: 'human' }] : record.labels) : undefined,
  }));
  return put(`day${n}.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** An address that answers with these statuses in turn, and what it got; `look` is called at each request. */
async function webhook(statuses: number[], look: () => number) {
  const got: { body: { began: { kind: string }[] }; unsent: number }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      got.push({ body: JSON.parse(body), unsent: look() });
      response.writeHead(statuses[got.length - 1]).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, got, close: () => new Promise((resolve) => server.close(resolve)) };
}

const monitor = (...args: string[]) => command(register, 'monitor', ...args, '--model', bundle, '--quiet');

beforeAll(async () => {
  await train(madeAnswers(220), { out: bundle, ...small, targetError: 0.4, confidence: 0.9 });
});

describe('vouch monitor', () => {
  it('finds the distributions of training in the bundle, without an answer in them', () => {
    const reference = JSON.parse(readFileSync(join(bundle, 'reference.json'), 'utf8'));
    expect(reference).toMatchObject({ version: 1, questions: 220 });
    expect(reference.categories.map(({ name }: { name: string }) => name)).toContain('task');
    for (const { knots } of reference.signals) expect(knots.length).toBeLessThanOrEqual(32);
    expect(JSON.stringify(reference)).not.toContain('fact number');
  });

  it('goes on where the last run ended, and reads its own queue back', async () => {
    const state = join(folder, 'state.json');
    const queue = join(folder, 'queue.csv');
    const common = ['--state', state, '--queue-labels', '40', '--least-chance', '0.5', '--json'];
    const first = JSON.parse(await monitor(day(1), ...common, '--queue', queue));
    expect(first).toMatchObject({ run: 1, answers: { new: 120, known: 0, questions: 60, isSample: false } });
    expect(first.promises.length).toBeGreaterThan(0);
    for (const promise of first.promises)
      expect(promise).toMatchObject({ state: 'cannot tell', alpha: 0.4, labels: 0 });
    expect(first.expected.wrongAccepted.value).toBeGreaterThan(0);
    expect(first.drift.length).toBeGreaterThan(5);
    expect(first.queue.length).toBeGreaterThan(10);
    const csv = readFileSync(queue, 'utf8');
    expect(csv).toContain('rank,gain,chance,claim,label,comment,source');
    expect(csv).toContain('What is fact number 37');
    await expect(monitor(day(2), ...common, '--queue', queue)).rejects.toMatchObject({ code: 'OUT_EXISTS' });

    // everything wrong, as people fill it in
    writeFileSync(queue, csv.replaceAll(',,,human\r\n', ',0,,human\r\n'));
    const second = JSON.parse(await monitor(day(1), day(2), ...common, '--labels', queue));
    expect(second).toMatchObject({ run: 2, answers: { new: 120, known: 120 }, labels: { drawn: first.queue.length } });
    const broken = second.promises.filter(({ state: is }: { state: string }) => is === 'broken');
    expect(broken.length).toBeGreaterThan(0);
    for (const promise of second.promises) expect(promise).toMatchObject({ waiting: 0, labels: promise.drawn });
    expect(second.notices.map(({ kind }: { kind: string }) => kind)).toContain('broken');

    const text = await monitor(day(3), '--state', state, '--least-chance', '0.5');
    expect(text).toContain('BROKEN: more than 40% of the accepted answers were wrong');
    expect(text).toContain('still on, since 2026-01-02');
    const idle = JSON.parse(await monitor(day(3), ...common));
    expect(idle).toMatchObject({ answers: { new: 0, known: 120 }, notices: [] });
    expect(existsSync(`${state}.lock`)).toBe(false);
  });

  it('says that a file of labels has none', async () => {
    const run = (name: string, labels: string) =>
      monitor(day(6), '--state', join(folder, `${name}.json`), '--labels', put(`${name}.csv`, labels));
    expect(await run('unfilled', 'id,label\nd6-1,\nd6-2,\n')).toMatch(
      /note: .*unfilled\.csv: no row has a label \(2 rows\)/,
    );
    expect(await run('no-rows', 'id,label\n')).toMatch(/note: .*no-rows\.csv: the file of labels has no rows/);
    expect(await run('filled', 'id,label\nd6-1,1\n')).not.toContain('filled.csv');
  });

  it('takes labels in the answers as drawn with --drawn, else as feedback, and fails on broken', async () => {
    const state = join(folder, 'drawn.json');
    const metrics = join(folder, 'vouch.prom');
    const args = [day(4, { bad: true, labels: true }), '--json', '--metrics', metrics, '--fail-on', 'broken'];
    const heard = JSON.parse(await monitor(...args, '--state', join(folder, 'feedback.json')));
    expect(heard.promises[0]).toMatchObject({ labels: 0, state: 'cannot tell' });
    expect(heard.answers.accepted).toBeGreaterThan(20);
    expect(heard.labels.feedback).toBe(heard.answers.accepted);
    expect(process.exitCode).toBeUndefined();
    const found = JSON.parse(await monitor(...args, '--state', state, '--drawn', '1', '--least-chance', '0.5'));
    const together = found.promises.filter(({ brokenTogether }: { brokenTogether: boolean }) => brokenTogether);
    expect(together.length).toBeGreaterThan(0);
    expect(found.labels.feedback).toBe(0);
    expect(process.exitCode).toBe(1);
    process.exitCode = undefined;
    const lines = readFileSync(metrics, 'utf8').split('\n');
    const name = `bundle="${found.bundle.slice(0, 12)}"`;
    expect(lines).toContain(`vouch_monitor_alert{kind="broken",${name}} ${together.length}`);
    expect(lines).toContain(`vouch_monitor_answers{${name}} 120`);
  });

  it('reads the answers for the queue by the same label rules as before', async () => {
    const labels = put('verdicts.csv', 'id,verdict\nnobody,bad\n');
    const queue = join(folder, 'ruled.jsonl');
    const rules = ['--labels', labels, '--label-column', 'verdict', '--label-values', 'good=1,bad=0'];
    const state = join(folder, 'ruled.json');
    const found = JSON.parse(await monitor(day(6), '--state', state, ...rules, '--queue', queue, '--json'));
    expect(found.labels).toEqual({ drawn: 0, feedback: 0, unused: 1 });
    const [first] = readFileSync(queue, 'utf8').split('\n');
    expect(JSON.parse(first).prompt).toContain('What is fact number');
  });

  it('counts a label once that is in the answer and in the file', async () => {
    const file = day(7, { bad: true, labels: true });
    const ids = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    const labels = put('again.csv', ['id,label', ...ids.map((id) => `${id},0`)].join('\n'));
    const args = ['--state', join(folder, 'once.json'), '--drawn', '1', '--json', '--labels', labels];
    const found = JSON.parse(await monitor(file, ...args));
    // a question is judged by the answers of one claim
    expect(found.labels.drawn).toBeGreaterThan(60);
    expect(found.labels).toMatchObject({ feedback: 0, unused: 120 - found.labels.drawn });
  });

  it('says that labels may go to wrong answers if these have no id', async () => {
    const rows = madeAnswers(3, 9).map(({ id: _, ...record }) => `${JSON.stringify(record)}\n`);
    const bare = put('bare.jsonl', rows.join(''));
    const said = await monitor(bare, '--state', join(folder, 'bare.json'), '--queue', join(folder, 'bare.csv'));
    expect(said).toContain('note: 6 of 6 answers have no id');
    expect(await monitor(bare, '--state', join(folder, 'bare-2.json'))).not.toContain('have no id');
    const named = await monitor(day(8), '--state', join(folder, 'named.json'), '--queue', join(folder, 'named.csv'));
    expect(named).not.toContain('have no id');
  });

  it('refuses outputs that would replace each other or its own files, and a draw besides --drawn', async () => {
    const [state, one] = [join(folder, 'apart.json'), join(folder, 'one.json')];
    const answers = day(9);
    const run = (more: Partial<MonitorOptions>) => errorOf(watch(answers, { model: bundle, state, ...more }));
    expect(await run({ out: one, metrics: one })).toMatchObject({ code: 'BAD_USAGE', field: 'metrics', file: one });
    expect(await run({ out: state })).toMatchObject({ code: 'BAD_USAGE', field: 'out', file: state });
    const aside = `${state}.bad.jsonl`;
    expect(await run({ metrics: aside })).toMatchObject({ code: 'BAD_USAGE', field: 'badFile', file: aside });
    expect(await run({ out: `${state}.lock` })).toMatchObject({ code: 'BAD_USAGE', field: 'state' });
    expect(await run({ badFile: answers })).toMatchObject({ code: 'BAD_USAGE', field: 'badFile', file: answers });
    expect(await run({ queue: join(folder, 'q.csv'), drawn: 0.5 })).toMatchObject({
      code: 'BAD_USAGE',
      field: 'queue',
    });
    expect(await run({ webhook: 'alerts' })).toMatchObject({ code: 'BAD_USAGE', field: 'webhook' });
    expect(existsSync(state)).toBe(false);
    const both = monitor(answers, '--state', state, '--queue', join(folder, 'q.csv'), '--drawn', '1');
    await expect(both).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });

  it('sends news until a webhook takes it, with the state complete before', async () => {
    const state = join(folder, 'sent.json');
    const unsent = () => JSON.parse(readFileSync(state, 'utf8')).unsent.length;
    const hook = await webhook([400, 200], unsent);
    const common = ['--state', state, '--least-chance', '0.5'];
    const bad = day(10, { bad: true, labels: true });
    expect(await monitor(bad, ...common, '--drawn', '1', '--webhook', hook.url)).toContain('did not take the alarms');
    const waiting = unsent();
    expect(waiting).toBeGreaterThan(0);
    await monitor(day(11), ...common);
    expect(unsent()).toBe(waiting);
    await monitor(day(12), ...common, '--webhook', hook.url);
    expect(unsent()).toBe(0);
    expect(hook.got.map(({ body }) => body.began.map(({ kind }) => kind))).toEqual([
      expect.arrayContaining(['broken']),
      expect.arrayContaining(['broken']),
    ]);
    for (const { unsent: before } of hook.got) expect(before).toBeGreaterThan(0);
    await hook.close();
  });

  it('refuses the state of other rules or of another bundle, and damaged ones', async () => {
    const state = join(folder, 'other.json');
    const file = day(5);
    await monitor(file, '--state', state);
    const work = monitor(file, '--state', state, '--least-chance', '0.2');
    await expect(work).rejects.toMatchObject({ code: 'RESUME_MISMATCH', detail: { field: 'leastChance' } });
    writeFileSync(state, '{}');
    await expect(monitor(file, '--state', state)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    const low = monitor(file, '--state', join(folder, 'new.json'), '--drawn', '0.05');
    await expect(low).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field: 'drawn' } });
  });
});
