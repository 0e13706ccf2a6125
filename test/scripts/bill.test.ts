import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'vouch-bill-test-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the bill of materials', () => {
  it('lists the packages of the lock file that vouch installs, all of them, and no others', () => {
    const file = join(work, 'bill.json');
    execFileSync(process.execPath, [join(root, 'scripts/bill.mjs'), file], { stdio: 'pipe' });
    const bill = JSON.parse(readFileSync(file, 'utf8')) as {
      metadata: { component: { name: string } };
      components: { name: string; version: string }[];
    };
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string; dev?: true }>;
    };
    const wanted = Object.entries(packages)
      .filter(([place, { dev }]) => place !== '' && dev !== true)
      .map(([place, { version }]) => `${place.replace(/^.*node_modules\//, '')}@${version}`);
    const listed = bill.components.map(({ name, version }) => `${name}@${version}`);
    expect([...new Set(listed)].sort()).toEqual([...new Set(wanted)].sort());
    expect(listed).toContain(`zod@${packages['node_modules/zod']?.version}`); // a development package needs it too
    expect(bill.metadata.component.name).toBe('vouch');
  });
});
