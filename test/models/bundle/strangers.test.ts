import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestAt, readBundle } from '../../../models/bundle/read.js';
import { openScorer } from '../../../scorer/open.js';
import { sha256 } from '../../../support/digest.js';
import { sampleLines } from '../../support/sample-answers.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-strangers-'));
const at = (name: string) => join(dir, name);

/** Changes the manifest of the bundle. */
function change(edit: (manifest: { files: Record<string, string>; sizes?: Record<string, number> }) => void): void {
  const manifest = JSON.parse(readFileSync(at('b/manifest.json'), 'utf8'));
  edit(manifest);
  writeFileSync(at('b/manifest.json'), JSON.stringify(manifest));
}

/** Puts a file into it, its hash and size made right. */
function put(name: string, content: string): void {
  writeFileSync(at(`b/${name}`), content);
  change(({ files, sizes }) => {
    files[name] = sha256(content);
    sizes![name] = Buffer.byteLength(content);
  });
}

const opened = () => openScorer(at('b')).then((scorer) => scorer.close());

beforeAll(() => writeFileSync(at('secret'), 'secret'));
beforeEach(async () => {
  rmSync(at('b'), { recursive: true, force: true });
  await writeTinyBundle(at('b'));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('files of a bundle from a stranger', () => {
  it.each([
    '../secret',
    '/etc/hostname',
    '../../../etc/hostname',
    'a/b',
    '..',
    '.',
    '',
    'a\\b',
    '.hidden',
    'a\0b',
    'manifest.json',
    'manifest.sig',
  ])('a name like %j is refused', async (name) => {
    change(({ files, sizes }) => {
      files[name] = sha256('secret');
      sizes![name] = 6;
    });
    await expect(opened()).rejects.toMatchObject({ code: 'BUNDLE_BAD', detail: { field: 'files', got: name } });
  });

  it('a link to outside the folder is refused, a link inside it is followed', async () => {
    put('notes.txt', 'secret');
    rmSync(at('b/notes.txt'));
    symlinkSync(at('secret'), at('b/notes.txt'));
    await expect(opened()).rejects.toMatchObject({ code: 'BUNDLE_BAD', message: expect.stringMatching(/outside/) });
    rmSync(at('b/notes.txt'));
    mkdirSync(at('b/..data'));
    writeFileSync(at('b/..data/notes.txt'), 'secret');
    symlinkSync('..data/notes.txt', at('b/notes.txt'));
    await opened(); // as Kubernetes mounts files
  });

  it.each(['manifest.json', 'golden.json', 'model.onnx'])(
    '%s as a FIFO or a device is refused and read by nobody',
    async (name) => {
      rmSync(at(`b/${name}`));
      execFileSync('mkfifo', [at(`b/${name}`)]);
      await expect(opened()).rejects.toMatchObject({ code: 'BUNDLE_BAD', message: expect.stringMatching(/regular/) });
      expect(await digestAt(at('b'))).toBe(
        name === 'manifest.json' ? null : sha256(readFileSync(at('b/manifest.json'))),
      );
      rmSync(at(`b/${name}`));
      symlinkSync('/dev/zero', at(`b/${name}`));
      await expect(opened()).rejects.toMatchObject({ code: 'BUNDLE_BAD' });
    },
  );

  it('a file that does not have the stated size is refused before it is read', async () => {
    execFileSync('truncate', ['-s', '900G', at('b/golden.json')]); // sparse
    await expect(opened()).rejects.toMatchObject({
      code: 'BUNDLE_DAMAGED',
      detail: { expected: '2 bytes', got: 900 * 2 ** 30 },
    });
    change((manifest) => delete manifest.sizes);
    await expect(opened()).rejects.toMatchObject({ code: 'BUNDLE_BAD', message: expect.stringMatching(/too large/) });
    rmSync(at('b/manifest.json'));
    linkSync(at('b/golden.json'), at('b/manifest.json'));
    await expect(opened()).rejects.toMatchObject({ code: 'BUNDLE_BAD', message: expect.stringMatching(/too large/) });
  });

  it('sizes above the limits, missing sizes, and too many files are refused', async () => {
    change(({ sizes }) => (sizes!['golden.json'] = 3 * 2 ** 30));
    await expect(opened()).rejects.toMatchObject({ code: 'BUNDLE_BAD', message: expect.stringMatching(/too large/) });
    change(({ sizes }) => delete sizes!['golden.json']);
    await expect(opened()).rejects.toMatchObject({
      code: 'BUNDLE_BAD',
      message: expect.stringMatching(/state the size/),
    });
    change((manifest) => {
      delete manifest.sizes;
      for (let i = 0; i < 64; i++) manifest.files[`f${i}`] = sha256('');
    });
    await expect(opened()).rejects.toMatchObject({ code: 'BUNDLE_BAD', message: expect.stringMatching(/too many/) });
  });

  it('a bundle of an older version without sizes opens; new bundles state sizes', async () => {
    const { manifest } = await readBundle(at('b'));
    expect(Object.keys(manifest.sizes!)).toEqual(Object.keys(manifest.files));
    expect(manifest.sizes!['golden.json']).toBe(2);
    change((raw) => delete raw.sizes);
    await opened();
    expect(readdirSync(at('b')).length).toBe(3);
  });
});

describe('golden rows', () => {
  const record = JSON.parse(sampleLines(1)[0]);

  it.each([
    ['score otherwise', [{ record, probability: 0.123, decision: 'accept', why: null }]],
    ['are null', [null]],
    ['hold no record', [{ probability: 0.5 }]],
    ['are an object', {}],
    ['are too many', Array.from({ length: 1001 }, () => ({ record, probability: 0.5 }))],
  ])('that %s are refused wherever a bundle is opened, not in the service alone', async (_, rows) => {
    put('golden.json', JSON.stringify(rows));
    await expect(opened()).rejects.toMatchObject({ code: 'BUNDLE_BAD' });
  });
});
