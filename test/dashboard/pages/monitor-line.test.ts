import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { monitorLine } from '../../../dashboard/pages/monitor-line.js';
import type { PageInput } from '../../../dashboard/pages/page.js';
import { promises } from '../../../dashboard/pages/promises.js';

describe('the line that runs the monitor', () => {
  it.each([
    ['answers.db', 'answers.db'],
    ["my store/it's.db", '&#39;my store/it&#39;\\&#39;&#39;s.db&#39;'],
    ['postgres://vouch:geheim@db:5432/vouch?password=geheim', 'postgres://vouch@db:5432/vouch'],
    ['postgresql://vouch:ge heim@[/', '&#39;postgres://…&#39;'],
  ])('names the store of the service, without a password: %s', (place, shown) => {
    const line = monitorLine({ place }, '--queue queue.csv').markup;
    expect(line).toContain(`vouch monitor --store ${shown} --model BUNDLE --state monitor.json --queue queue.csv`);
    expect(line).not.toContain('heim');
  });
});

describe('a promise whose interval is ahead of its state', () => {
  const page = async (promise: object) => {
    const dir = mkdtempSync(join(tmpdir(), 'vouch-promises-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const file = join(dir, 'findings.json');
    const own = { claim: 'c', alpha: 0.1, delta: 0.05, labels: 9, drawn: 9, waiting: 0, givenUp: 0, needed: null };
    const found = { bundle: 'd', promises: [{ ...own, ...promise }], alerts: [], since: null, until: null };
    writeFileSync(file, JSON.stringify(found));
    const setting = { monitorState: file, hasTenants: false, place: 'answers.db' };
    const input = { setting, asked: { digest: 'd', tenant: null } } as unknown as PageInput;
    return (await promises(input, null)).markup;
  };
  const above = { value: 0.3, low: 0.15, high: 0.45, allRight: 0.3, allWrong: 0.3 };

  it.each([
    ['above the target', { state: 'cannot tell', error: above }, true],
    ['below it', { state: 'cannot tell', error: { ...above, low: 0.01, high: 0.05 } }, true],
    ['around it', { state: 'cannot tell', error: { ...above, low: 0.05 } }, false],
    ['above it, and the state says so', { state: 'broken', error: above }, false],
    ['above it, without a label', { state: 'cannot tell', error: above, labels: 0 }, false],
    ['not there', { state: 'cannot tell', error: null }, false],
  ])('says why the state waits: an interval %s', async (_, promise, isSaid) => {
    expect((await page(promise)).includes('the interval is for one look; the state is valid at every look')).toBe(
      isSaid,
    );
  });
});
