import { readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestAt, readBundle } from '../../models/bundle/read.js';
import { register } from '../../scripts/commands/versions.js';
import { openService } from '../../serve/service.js';
import { addVersion } from '../../versions/add.js';
import { listVersions } from '../../versions/list.js';
import { promote, rollback } from '../../versions/promote.js';
import { errorOf, temporary } from '../data/temporary.js';
import { command } from '../support/run-command.js';
import { sampleLines } from '../support/sample-answers.js';
import { keptLog, serveOptions } from '../support/serving.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const { folder } = temporary();
const at = (name: string) => join(folder, name);
const time = '2026-03-01T10:00:00.000Z';
const versions = (...args: string[]) => command(register, 'versions', ...args);
const facts = { how: 'added', parent: null, answers: null, promote: false, time };
const states = async (dir: string) => (await listVersions(dir)).map(({ number, state }) => `${number} ${state}`);

beforeAll(async () => {
  for (const seed of [1, 2, 3]) await writeTinyBundle(at(`b${seed}`), { seed });
});

describe('a folder of versions', () => {
  it('adds, promotes, notes and rolls back; the lineage says what was in service', async () => {
    const dir = at('walk');
    expect(await versions('add', dir, at('b1'), '--note', 'the first')).toBe('version 1 is in service\n');
    expect(await versions('add', dir, at('b2'))).toBe('version 2 was added\n');
    expect(await versions('add', dir, at('b3'), '--promote')).toBe('version 3 is in service\n');
    expect(await states(dir)).toEqual(['1 former', '2 challenger', '3 champion']);
    expect(await versions('promote', dir, '2')).toBe('version 2 is in service\n');
    expect(await versions('rollback', dir)).toBe('version 3 is in service again, instead of 2\n');
    expect(await versions('rollback', dir)).toBe('version 1 is in service again, instead of 3\n');
    expect(await errorOf(rollback(dir, time))).toMatchObject({ code: 'NO_VERSION' });
    expect(readlinkSync(join(dir, 'current'))).toBe('1');
    expect((await readBundle(join(dir, 'current'))).digest).toBe(await digestAt(at('b1')));
    await versions('note', dir, '3', '--note', 'worse on Tuesdays');
    const text = await versions('list', dir);
    expect(text).toContain('the first');
    expect(text).toContain('worse on Tuesdays');
    const { versions: all } = JSON.parse(await versions('list', dir, '--json'));
    expect(all.map(({ digest }: { digest: string }) => digest)).toEqual(
      await Promise.all(['b1', 'b2', 'b3'].map((name) => digestAt(at(name)))),
    );
  });

  it('refuses what does not fit: an unknown number, a changed bundle, a lineage that is none', async () => {
    const dir = at('odd');
    await versions('add', dir, at('b1'));
    await versions('add', dir, at('b2'));
    expect(await errorOf(promote(dir, 7, time))).toMatchObject({ code: 'NO_VERSION', expected: '1, 2' });
    expect(await errorOf(versions('promote', dir, 'two'))).toMatchObject({ code: 'BAD_USAGE' });
    expect(await errorOf(versions('shelve', dir))).toMatchObject({ code: 'BAD_USAGE' });
    await writeTinyBundle(join(dir, '2'), { seed: 9 });
    expect(await errorOf(promote(dir, 2, time))).toMatchObject({ code: 'VERSIONS_BAD' });
    writeFileSync(join(dir, '2', 'model.onnx'), 'damaged');
    expect(await errorOf(promote(dir, 2, time))).toMatchObject({ code: 'BUNDLE_DAMAGED' });
    expect(readlinkSync(join(dir, 'current'))).toBe('1');
    writeFileSync(join(dir, 'lineage.json'), '{"versions": 1}');
    expect(await errorOf(listVersions(dir))).toMatchObject({ code: 'VERSIONS_BAD' });
  });

  it('promotes a version only if it was made from the one in service', async () => {
    const dir = at('race');
    await versions('add', dir, at('b1'));
    const parent = await digestAt(at('b1'));
    await versions('add', dir, at('b2'), '--promote');
    const late = addVersion(dir, (to) => writeTinyBundle(to, { seed: 3 }), { ...facts, parent, promote: true });
    expect(await errorOf(late)).toMatchObject({ code: 'VERSIONS_BAD' });
    expect(await states(dir)).toEqual(['1 former', '2 champion']);
    await addVersion(dir, (to) => writeTinyBundle(to, { seed: 3 }), { ...facts, parent });
    expect(await states(dir)).toEqual(['1 former', '2 champion', '3 challenger']);
  });

  it('keeps a bundle once: the same one again is the version that it was, and can be promoted', async () => {
    const dir = at('twice');
    await versions('add', dir, at('b1'));
    await versions('add', dir, at('b2'));
    expect(await versions('add', dir, at('b1'), '--note', 'again')).toBe(
      'this bundle is there already: version 1 is in service\n',
    );
    expect(await versions('add', dir, at('b2'))).toBe('this bundle is there already: version 2 is not in service\n');
    expect(readdirSync(dir).sort()).toEqual(['1', '2', 'current', 'lineage.json']);
    expect(await versions('add', dir, at('b2'), '--promote')).toBe(
      'this bundle is there already: version 2 is in service\n',
    );
    expect(await states(dir)).toEqual(['1 former', '2 champion']);
    expect((await listVersions(dir))[0].notes.map(({ text }) => text)).toEqual(['again']);
    expect((await rollback(dir, time)).to.number).toBe(1);
    writeFileSync(join(dir, '2', 'model.onnx'), 'damaged');
    expect(await errorOf(versions('add', dir, at('b2'), '--promote'))).toMatchObject({ code: 'BUNDLE_DAMAGED' });
    expect(await states(dir)).toEqual(['1 champion', '2 former']);
  });

  it('knows a bundle that was made again from the same version, at another time', async () => {
    const dir = at('again');
    await versions('add', dir, at('b1'));
    const parent = await digestAt(at('b1'));
    const made = (created: string, seed: number) => (to: string) =>
      writeTinyBundle(to, { seed }).then(() => {
        const file = join(to, 'manifest.json');
        const manifest = JSON.parse(readFileSync(file, 'utf8'));
        writeFileSync(file, JSON.stringify({ ...manifest, created }));
      });
    const again = (created: string, seed: number, from = parent) =>
      addVersion(dir, made(created, seed), { ...facts, parent: from });
    expect(await again('monday', 2)).toMatchObject({ version: { number: 2 }, isNew: true });
    expect(await again('tuesday', 2)).toMatchObject({ version: { number: 2 }, isNew: false, isCurrent: false });
    expect(await again('tuesday', 3)).toMatchObject({ version: { number: 3 }, isNew: true });
    expect(await again('tuesday', 2, 'another')).toMatchObject({ version: { number: 4 }, isNew: true });
    expect(readdirSync(dir).sort()).toEqual(['1', '2', '3', '4', 'current', 'lineage.json']);
  });

  it('lets one writer in at a time: each gets a number of its own', async () => {
    const dir = at('many');
    const adding = [1, 2, 3, 4, 5].map((seed) => addVersion(dir, (to) => writeTinyBundle(to, { seed }), facts));
    const numbers = (await Promise.all(adding)).map(({ version }) => version.number);
    expect(numbers.sort()).toEqual([1, 2, 3, 4, 5]);
    for (const { number, digest } of await listVersions(dir)) {
      expect(await digestAt(join(dir, String(number)))).toBe(digest);
    }
    expect((await states(dir)).filter((state) => state.endsWith('champion'))).toHaveLength(1);
  });

  it('goes on after a writer that was killed: before the lineage, and before the switch', async () => {
    const dir = at('killed');
    await versions('add', dir, at('b1'));
    const failing = addVersion(
      dir,
      async (to) => {
        await writeTinyBundle(to, { seed: 2 });
        throw new Error('killed here');
      },
      facts,
    );
    await expect(failing).rejects.toThrow('killed here');
    expect(await states(dir)).toEqual(['1 champion']); // the folder 2 is no version
    await versions('add', dir, at('b3'));
    expect((await listVersions(dir))[1].digest).toBe(await digestAt(at('b3')));

    const file = join(dir, 'lineage.json');
    const lineage = JSON.parse(readFileSync(file, 'utf8'));
    lineage.switches.push({ time, kind: 'promote', number: 2 }); // written down, and not made
    writeFileSync(file, JSON.stringify(lineage));
    symlinkSync('2', join(dir, 'current.1-abcdef.partial'));
    expect(await states(dir)).toEqual(['1 champion', '2 challenger']);
    expect(await errorOf(rollback(dir, time))).toMatchObject({ code: 'NO_VERSION' });
    await promote(dir, 2, time);
    expect(await states(dir)).toEqual(['1 former', '2 champion']);
    expect((await rollback(dir, time)).to.number).toBe(1);
  });

  it('is served: promotions and rollbacks under load, no failed request, each answer of one of the versions', async () => {
    const dir = at('served');
    for (const seed of [1, 2, 3]) await versions('add', dir, at(`b${seed}`));
    const log = keptLog();
    const { app } = await openService(serveOptions(join(dir, 'current'), { watch: 0.02, log }));
    const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/v1/score`;
    const [line] = sampleLines(1);
    const seen = new Set<string>();
    let failed = 0;
    let requests = 0;
    let going = true;
    const lane = async () => {
      while (going) {
        const reply = await fetch(url, { method: 'POST', body: line });
        if (reply.status !== 200) failed++;
        requests++;
        await reply.arrayBuffer();
        seen.add(String(reply.headers.get('x-vouch-digest')));
      }
    };
    const lanes = [lane(), lane(), lane()];
    const swaps = () => log.lines.filter((text) => text.includes('bundle in use')).length;
    const steps = [
      () => promote(dir, 2, time),
      () => promote(dir, 3, time),
      () => rollback(dir, time),
      () => rollback(dir, time),
    ];
    for (const [k, step] of steps.entries()) {
      await step();
      await expect.poll(swaps, { timeout: 20_000 }).toBe(k + 2);
      const now = (await digestAt(join(dir, 'current')))!;
      await expect.poll(() => seen.has(now), { timeout: 20_000 }).toBe(true);
    }
    going = false;
    await Promise.all(lanes);
    await app.close();
    expect(failed).toBe(0);
    expect(requests).toBeGreaterThan(10);
    expect(seen.size).toBe(3);
  });
});
