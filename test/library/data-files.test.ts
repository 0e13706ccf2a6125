import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFiles } from '../../library/data-files.js';
import { errorOf, temporary } from '../data/temporary.js';

const { folder, put } = temporary();
/** FIPS 180-4: SHA-256 of "abc", and of nothing. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

it('gives name, size and SHA-256 of each file', async () => {
  expect(await dataFiles([put('deep/abc.jsonl', 'abc'), put('empty.csv', '')])).toEqual([
    { name: 'abc.jsonl', bytes: 3, sha256: ABC },
    { name: 'empty.csv', bytes: 0, sha256: NOTHING },
  ]);
});

it('reads no stream, because it could not be read again', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(await dataFiles(['-', pipe])).toEqual([
    { name: '-', bytes: null, sha256: null },
    { name: 'pipe', bytes: null, sha256: null },
  ]);
});

it('stops when the run is stopped', async () => {
  expect(await errorOf(dataFiles([put('a', 'a')], AbortSignal.abort()))).toMatchObject({ code: 'INTERRUPTED' });
});
