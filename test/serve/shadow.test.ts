import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerified } from '../../serve/bundle/open-verified.js';
import { openService } from '../../serve/service.js';
import { sampleLines } from '../support/sample-answers.js';
import { keptLog, serveOptions } from '../support/serving.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-shadow-'));
const at = (name: string) => join(dir, name);
const lines = sampleLines(20);

beforeAll(async () => {
  await writeTinyBundle(at('champion'), { seed: 1 });
  await writeTinyBundle(at('challenger'), { seed: 2 });
});
afterAll(() => rmSync(dir, { recursive: true }));

async function serving(shadow: string | undefined, more: object = {}) {
  const log = keptLog();
  const { app } = await openService(serveOptions(at('champion'), { log, shadow, ...more }));
  const score = async (line: string) => {
    const reply = await app.inject({ method: 'POST', url: '/v1/score', payload: line });
    return { status: reply.statusCode, score: reply.json() as { probability: number; decision: string | null } };
  };
  const metric = async (name: string) => {
    const { body } = await app.inject({ url: '/metrics' });
    const found = body.split('\n').filter((text) => text.startsWith(`${name}{`) || text.startsWith(`${name} `));
    return new Map(
      found.map((text) => [text.slice(name.length, text.lastIndexOf(' ')), Number(text.split(' ').at(-1))]),
    );
  };
  return { app, log, score, metric };
}

async function scoresBy(bundle: string) {
  const { scorer } = await openVerified(at(bundle), { ran: () => {} });
  const scores = [];
  for (const line of lines) scores.push(await scorer.score(JSON.parse(line)));
  await scorer.close();
  return scores;
}

describe('a challenger in shadow', () => {
  it('counts decisions and differences, and leaves the replies as they are', async () => {
    const alone = await serving(undefined);
    const { app, log, score, metric } = await serving(at('challenger'));
    await expect.poll(() => log.lines.filter((text) => text.includes('challenger in use')).length).toBe(1);
    for (const line of lines) expect(await score(line)).toEqual(await alone.score(line));
    const compared = async () => (await metric('vouch_shadow_answers_total')).get('{result="compared"}');
    await expect.poll(compared, { timeout: 20_000 }).toBe(20);

    const [champion, challenger] = [await scoresBy('champion'), await scoresBy('challenger')];
    const pairs = new Map<string, number>();
    champion.forEach(({ decision }, i) => {
      const key = `{champion="${decision ?? 'none'}",challenger="${challenger[i].decision ?? 'none'}"}`;
      pairs.set(key, (pairs.get(key) ?? 0) + 1);
    });
    expect(await metric('vouch_shadow_decisions_total')).toEqual(pairs);
    const sum = champion.reduce((total, { probability }, i) => total + challenger[i].probability - probability, 0);
    expect((await metric('vouch_shadow_difference_sum')).get('')).toBeCloseTo(sum, 4);
    expect((await metric('vouch_scores_total')).size).toBeGreaterThan(0);
    await Promise.all([app.close(), alone.app.close()]);
  });

  it('that cannot be opened is logged, and the service answers', async () => {
    const { app, log, score, metric } = await serving(at('nothing'));
    expect((await score(lines[0])).status).toBe(200);
    await expect.poll(() => log.lines.filter((text) => text.includes('cannot be opened')).length).toBe(1);
    expect((await metric('vouch_shadow_answers_total')).get('{result="compared"}')).toBe(0);
    await app.close();
  });

  it('is left out when too many answers wait: they are dropped and counted, and every request is answered', async () => {
    const { app, log, metric } = await serving(at('challenger'), { mostRecords: 1000 });
    await expect.poll(() => log.lines.filter((text) => text.includes('challenger in use')).length).toBe(1);
    const records = Array.from({ length: 400 }, (_, i) => ({ answer: `word${i}` })); // short: no thread scores them
    const reply = await app.inject({ method: 'POST', url: '/v1/score', payload: JSON.stringify({ records }) });
    expect(reply.statusCode).toBe(200);
    expect(reply.json().scores).toHaveLength(400);
    const counted = await metric('vouch_shadow_answers_total');
    expect(counted.get('{result="dropped"}')).toBe(400 - 256);
    await app.close();
  });
});
