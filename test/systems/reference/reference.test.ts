/** docs/api.md is what TypeDoc makes of the doc comments. It needs the npm registry, or a cache, to install TypeDoc. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const work = mkdtempSync(join(tmpdir(), 'vouch-reference-test-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('docs/api.md', () => {
  it('is what `npm run reference` writes', () => {
    execFileSync(process.execPath, [join(root, 'scripts/reference.mjs'), work], { stdio: 'pipe' });
    const made = readFileSync(join(work, 'api.md'), 'utf8');
    expect(readFileSync(join(root, 'docs/api.md'), 'utf8')).toBe(made);
  });
});
