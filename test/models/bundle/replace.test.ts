import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readBundle } from '../../../models/bundle/read.js';
import { checkTarget } from '../../../models/bundle/write.js';
import { writeExport } from '../../../models/export/write-export.js';
import { openVerified } from '../../../serve/bundle/open-verified.js';
import { takeLock } from '../../../support/lock.js';
import { type Writer, writer } from '../../support/folder-writer.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-replace-'));
const at = (name: string) => join(dir, name);
const seedOf = async (bundle: string) => (await readBundle(bundle)).manifest.seed;

afterEach(() => {
  for (const name of readdirSync(dir)) rmSync(at(name), { recursive: true });
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('a folder with files that vouch did not write is not changed', () => {
  const theirs = { name: 'a web page', manifest_version: 3, files: ['thesis.docx'] };

  it.each([
    ["somebody's manifest.json", { 'manifest.json': JSON.stringify(theirs), 'thesis.docx': 'mine' }],
    ['a manifest that is no JSON', { 'manifest.json': 'mine', 'thesis.docx': 'mine' }],
    ['hashes that are none', { 'manifest.json': '{"formatVersion":2,"vouch":"1","files":{"thesis.docx":"x"}}' }],
    ['no manifest', { 'thesis.docx': 'mine' }],
  ])('%s', async (_, files) => {
    mkdirSync(at('out'));
    for (const [name, text] of Object.entries(files)) writeFileSync(at(`out/${name}`), text);
    for (const write of [
      () => writeTinyBundle(at('out')),
      () => checkTarget(at('out')),
      () => writeExport(at('out'), { a: 'b' }, {}),
    ])
      await expect(write()).rejects.toMatchObject({ code: 'OUT_EXISTS' });
    for (const [name, text] of Object.entries(files)) expect(readFileSync(at(`out/${name}`), 'utf8')).toBe(text);
    expect(readdirSync(dir)).toEqual(['out']);
  });

  it.each(['thesis.docx', '.hidden', 'pictures/cat.jpg', 'golden.json.bak'])('a bundle with %s in it', async (name) => {
    await writeTinyBundle(at('out'));
    mkdirSync(join(at(`out/${name}`), '..'), { recursive: true });
    writeFileSync(at(`out/${name}`), 'mine');
    const error = await writeTinyBundle(at('out'), { seed: 2 }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'OUT_EXISTS' });
    expect(error.message).toContain(name.split('/')[0]);
    expect(readFileSync(at(`out/${name}`), 'utf8')).toBe('mine');
    expect(await seedOf(at('out'))).toBe(1);
  });

  it('an export with another file in a folder of its own', async () => {
    await writeExport(at('out'), { 'graph/model.onnx': 'a' }, {});
    writeFileSync(at('out/graph/notes.txt'), 'mine');
    await expect(writeExport(at('out'), { b: 'c' }, {})).rejects.toMatchObject({ code: 'OUT_EXISTS' });
    expect(readFileSync(at('out/graph/notes.txt'), 'utf8')).toBe('mine');
  });

  it('a signature and files of file browsers do not count as other files', async () => {
    await writeTinyBundle(at('out'));
    for (const name of ['manifest.sig', 'manifest.sig.1234-0a1b2c.partial', '.DS_Store'])
      writeFileSync(at(`out/${name}`), '');
    await writeTinyBundle(at('out'), { seed: 2 });
    expect(await seedOf(at('out'))).toBe(2);
    expect(readdirSync(at('out')).sort()).toEqual(['golden.json', 'manifest.json', 'model.onnx']);
  });

  it('an empty folder, and a bundle of which a file is missing, are replaced', async () => {
    mkdirSync(at('out'));
    await writeTinyBundle(at('out'));
    rmSync(at('out/model.onnx'));
    await writeTinyBundle(at('out'), { seed: 2 });
    expect(await seedOf(at('out'))).toBe(2);
  });

  it('the target of a replaced symlink is kept', async () => {
    await writeTinyBundle(at('first'));
    symlinkSync(at('first'), at('out'));
    await writeTinyBundle(at('out'), { seed: 2 });
    expect([await seedOf(at('first')), await seedOf(at('out'))]).toEqual([1, 2]);
  });
});

describe('there is always a bundle', () => {
  it('the old one is restored if the second rename fails', async () => {
    await writeTinyBundle(at('out'));
    const reached = (step: string) => {
      const aside = readdirSync(dir).find((name) => name.endsWith('.partial'));
      if (step === 'moved') rmSync(at(aside!), { recursive: true });
    };
    await expect(writeTinyBundle(at('out'), { seed: 2, reached })).rejects.toMatchObject({ code: 'OUT_UNWRITABLE' });
    expect(readdirSync(dir)).toEqual(['out']);
    expect(await seedOf(at('out'))).toBe(1);
  });

  it('if it cannot be restored, the error says where it is', async () => {
    await writeTinyBundle(at('out'));
    const reached = (step: string) => {
      if (step !== 'moved') return;
      mkdirSync(at('out'));
      writeFileSync(at('out/thesis.docx'), 'mine');
    };
    const error = await writeTinyBundle(at('out'), { seed: 2, reached }).catch((thrown) => thrown);
    const old = readdirSync(dir).find((name) => name.endsWith('.old'))!;
    expect(error.message).toContain(at(old));
    expect(readFileSync(at('out/thesis.docx'), 'utf8')).toBe('mine');
    expect(await seedOf(at(old))).toBe(1);
  });

  it('a reader finds one while a writer is between its two renames', async () => {
    await writeTinyBundle(at('out'));
    const seen: number[] = [];
    const reached = async (step: string) => {
      if (step === 'moved') {
        expect(readdirSync(dir)).not.toContain('out');
        seen.push(await seedOf(at('out')));
        const { scorer } = await openVerified(at('out'), { ran: () => {} });
        await scorer.close();
      }
    };
    await writeTinyBundle(at('out'), { seed: 2, reached });
    expect(seen).toEqual([2]);
  });

  it('no reader fails while 30 bundles are written one after another', async () => {
    await writeTinyBundle(at('out'));
    let writing = true;
    const seen = new Set<number>();
    const reader = async () => {
      while (writing) seen.add(await seedOf(at('out')));
    };
    const readers = [reader(), reader(), reader()];
    for (let seed = 2; seed <= 31; seed++) await writeTinyBundle(at('out'), { seed });
    writing = false;
    await Promise.all(readers);
    expect(seen.size).toBeGreaterThan(5);
    expect(readdirSync(dir)).toEqual(['out']);
  });
});

describe('a writer that is killed', () => {
  const steps = [
    ['locked', 1],
    ['begun', 1],
    ['written', 1],
    ['moved', 2],
    ['placed', 2],
    ['done', 2],
  ] as const;

  it.each(steps)('at "%s" leaves a complete bundle, and the next writer repairs the folder', async (step, seed) => {
    await writeTinyBundle(at('out'));
    expect(await writer().write({ dir: at('out'), seed: 2, step })).toBe('killed');
    expect(await seedOf(at('out'))).toBe(seed);
    expect(readdirSync(dir).length > 1).toBe(step !== 'done');
    await writeTinyBundle(at('out'), { seed: 3 });
    expect(await seedOf(at('out'))).toBe(3);
    expect(readdirSync(dir)).toEqual(['out']);
  });
});

describe('two writers of one folder', () => {
  let pair: Writer[];
  beforeAll(() => {
    pair = [writer(), writer()];
  });
  afterAll(() => {
    for (const each of pair) each.close();
  });

  it('write one after the other: 20 pairs, each time one complete bundle of the two', async () => {
    for (let round = 0; round < 20; round++) {
      const codes = await Promise.all(pair.map((each, k) => each.write({ dir: at('out'), seed: 2 * round + k + 1 })));
      expect(codes).toEqual([null, null]);
      expect([2 * round + 1, 2 * round + 2]).toContain(await seedOf(at('out')));
      expect(readdirSync(dir)).toEqual(['out']);
    }
  });

  it('the second gets an error if the first does not end', async () => {
    const { replaceFolder } = await import('../../../support/folder/replace.js');
    const { exportKind } = await import('../../../models/export/write-export.js');
    const first = await takeLock(`${at('out')}.lock`, { wait: 0, of: at('out') });
    const second = replaceFolder(at('out'), { kind: exportKind, files: { a: 'b' }, wait: 50 });
    await expect(second).rejects.toMatchObject({
      code: 'OUT_UNWRITABLE',
      message: expect.stringMatching(/another run/),
    });
    await first.release();
    expect(readdirSync(dir)).toEqual([]);
  });
});
