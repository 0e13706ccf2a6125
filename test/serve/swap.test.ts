import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerified } from '../../serve/bundle/open-verified.js';
import { openService } from '../../serve/service.js';
import { sha256 } from '../../support/digest.js';
import { sampleLines } from '../support/sample-answers.js';
import { keptLog, serveOptions } from '../support/serving.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-swap-'));
const at = (name: string) => join(dir, name);
const [line] = sampleLines(1);
const ran = () => {};

/** Puts another file into a bundle, its hash and size made right, and gives the bundle's digest. */
function put(bundle: string, name: string, content: string | Uint8Array): string {
  const path = join(bundle, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.files[name] = sha256(content);
  manifest.sizes[name] = Buffer.byteLength(content);
  writeFileSync(join(bundle, name), content);
  writeFileSync(path, JSON.stringify(manifest));
  return sha256(readFileSync(path));
}

async function probabilityOf(bundle: string): Promise<number> {
  const { scorer } = await openVerified(bundle, { ran });
  const { probability } = await scorer.score(JSON.parse(line));
  await scorer.close();
  return probability;
}

beforeAll(async () => {
  for (const seed of [1, 2, 3, 4]) await writeTinyBundle(at(`b${seed}`), { seed });
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('a new bundle', () => {
  it('takes over under load without a failed request, and each answer is of one of the bundles', async () => {
    await writeTinyBundle(at('live'), { seed: 1 });
    const known = new Set<string>();
    for (const seed of [1, 2, 3, 4]) known.add((await probabilityOf(at(`b${seed}`))).toPrecision(6));
    expect(known.size).toBe(4);
    const log = keptLog();
    const { app } = await openService(serveOptions(at('live'), { watch: 0.02, log }));
    const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/v1/score`;
    const seen = new Set<string>();
    let failed = 0;
    let going = true;
    const lane = async () => {
      while (going) {
        const reply = await fetch(url, { method: 'POST', body: line });
        const { probability } = (await reply.json()) as { probability: number };
        if (reply.status !== 200) failed++;
        seen.add(Math.fround(probability).toPrecision(6));
      }
    };
    const lanes = [lane(), lane(), lane(), lane()];
    const swaps = () => log.lines.filter((text) => text.includes('bundle in use')).length;
    for (const seed of [2, 3, 4]) {
      await writeTinyBundle(at('live'), { seed });
      await expect.poll(swaps, { timeout: 20_000 }).toBe(seed);
      await sleep(50);
    }
    going = false;
    await Promise.all(lanes);
    await app.close();
    expect(failed).toBe(0);
    expect(seen).toEqual(known);
  });

  it('is refused where it is damaged or scores its golden rows otherwise; the old one answers on', async () => {
    await writeTinyBundle(at('kept'), { seed: 1 });
    const log = keptLog();
    const { app } = await openService(serveOptions(at('kept'), { adminKeys: ['root'], log }));
    const before = (await app.inject({ method: 'POST', url: '/v1/score', payload: line })).body;
    const reload = async () => {
      const reply = await app.inject({ method: 'POST', url: '/v1/admin/reload', headers: { 'x-api-key': 'root' } });
      const { error, change } = reply.json();
      return [reply.statusCode, change ?? error.code];
    };
    expect(await reload()).toEqual([200, 'same']);

    const golden = (probability: number) =>
      JSON.stringify([{ record: JSON.parse(line), probability, decision: 'accept' }]);
    put(at('kept'), 'golden.json', golden(0.123));
    expect(await reload()).toEqual([422, 'VOUCH_BUNDLE_BAD']);
    put(at('kept'), 'model.onnx', 'no graph');
    expect(await reload()).toEqual([422, 'VOUCH_BUNDLE_BAD']);
    writeFileSync(join(at('kept'), 'model.onnx'), readFileSync(join(at('b2'), 'model.onnx')));
    expect(await reload()).toEqual([422, 'VOUCH_BUNDLE_DAMAGED']);
    rmSync(at('kept'), { recursive: true });
    expect(await reload()).toEqual([422, 'VOUCH_FILE_MISSING']);
    expect((await app.inject({ method: 'POST', url: '/v1/score', payload: line })).body).toBe(before);
    const { body } = await app.inject({ url: '/metrics' });
    expect(body).toContain('vouch_bundle_loads_total{result="refused"} 4');
    expect(log.lines.filter((text) => text.includes('a new bundle was refused'))).toHaveLength(4);

    await writeTinyBundle(at('kept'), { seed: 2 });
    expect(await reload()).toEqual([200, 'swapped']);
    const { probability } = JSON.parse((await app.inject({ method: 'POST', url: '/v1/score', payload: line })).body);
    expect(probability).toBeCloseTo(await probabilityOf(at('b2')), 6);
    await app.close();
  });

  it('is found behind a symlink that is turned to it', async () => {
    symlinkSync(at('b1'), at('link'));
    const { app } = await openService(serveOptions(at('link'), { watch: 0.02 }));
    const version = async () => (await app.inject({ url: '/v2/models/vouch' })).json().versions[0];
    expect(await version()).toBe(sha256(readFileSync(join(at('b1'), 'manifest.json'))).slice(0, 12));
    symlinkSync(at('b3'), at('link.new'));
    renameSync(at('link.new'), at('link'));
    await expect
      .poll(version, { timeout: 20_000 })
      .toBe(sha256(readFileSync(join(at('b3'), 'manifest.json'))).slice(0, 12));
    await app.close();
  });

  it('waits for requests that still use the old one', async () => {
    await writeTinyBundle(at('held'), { seed: 1 });
    const { openLive } = await import('../../serve/bundle/live.js');
    const live = await openLive({ dir: at('held'), ran, swapped: () => {} });
    const held = live.take();
    await writeTinyBundle(at('held'), { seed: 2 });
    expect(await live.reload()).toBe('swapped');
    expect([held.retired, held.users]).toEqual([true, 1]);
    const features = new Float32Array(6);
    expect((await held.scorer.scoreFeatures(features)).probability).toHaveLength(1); // its session still runs
    live.give(held);
    await sleep(10);
    await expect(held.scorer.scoreFeatures(features)).rejects.toThrow();
    await live.close();
  });

  it('is closed once, though requests that lost their connection still use it after the stop', async () => {
    const { openLive } = await import('../../serve/bundle/live.js');
    const live = await openLive({ dir: at('b1'), ran, swapped: () => {} });
    let closed = 0;
    const { scorer } = live.now;
    const { close } = scorer;
    scorer.close = () => {
      closed++;
      return close.call(scorer);
    };
    await live.close();
    for (let i = 0; i < 3; i++) live.give(live.take());
    expect(closed).toBe(1);
  });
});
