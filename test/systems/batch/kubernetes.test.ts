import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleLines } from '../../support/sample-answers.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const root = resolve(import.meta.dirname, '../../..');
const dir = mkdtempSync(join(tmpdir(), 'vouch-kubernetes-'));
const manifest = readFileSync(join(root, 'examples/kubernetes/score-job.yaml'), 'utf8');

beforeAll(async () => {
  for (const name of ['answers', 'scores', 'bin']) mkdirSync(join(dir, name));
  await writeTinyBundle(join(dir, 'model'));
  for (let f = 0; f < 5; f++) {
    const lines = sampleLines(100 + 37 * f, 0, f).map((line) => line.replace('"id":"', `"id":"${f}/`));
    writeFileSync(join(dir, `answers/${f}.jsonl.gz`), gzipSync(lines.join('\n')));
  }
  const vouch = `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist/scripts/vouch.js')}' "$@"\n`;
  writeFileSync(join(dir, 'bin/vouch'), vouch, { mode: 0o755 });
});
afterAll(() => rmSync(dir, { recursive: true }));

it('the command of the Indexed Job scores every row once over its eight pods', async () => {
  const [, block] = /args:\n\s+- \|\n([\s\S]*?)\n\s+env:/.exec(manifest) as RegExpExecArray;
  const command = block
    .replace(' /answers/*.parquet', '')
    .replaceAll(/(?<=[ "])\/(answers|model|scores)/g, `${dir}/$1`);
  expect(manifest).toContain('completionMode: Indexed\n  completions: 8\n');
  const ids: string[] = [];
  for (let index = 0; index < 8; index++) {
    const env = {
      PATH: `${join(dir, 'bin')}:${process.env.PATH}`,
      SHARDS: '8',
      THREADS: '2',
      JOB_COMPLETION_INDEX: String(index),
    };
    execFileSync('/bin/sh', ['-c', command], { env, stdio: 'pipe' });
    const rows = await parquetReadObjects({
      file: await asyncBufferFromFile(join(dir, `scores/part-${index}.parquet`)),
    });
    ids.push(...rows.map(({ id }) => id as string));
  }
  expect(ids).toHaveLength(870); // 5 files of 100 + 37 f rows
  expect(new Set(ids).size).toBe(870);
});
