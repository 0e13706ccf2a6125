import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256 } from '../../support/digest.js';
import { cli } from '../support/cli.js';
import { writeEveryPartBundle } from '../support/every-part-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-sign-'));
const at = (name: string) => join(dir, name);

function vouch(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...cli, ...args], { encoding: 'utf8' });
  return { status, stdout, code: /VOUCH_(\w+)/.exec(stderr)?.[1] ?? null };
}

beforeAll(async () => {
  await writeEveryPartBundle(at('b'));
  execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', at('key')]);
  execFileSync('openssl', ['pkey', '-in', at('key'), '-pubout', '-out', at('pub')]);
  writeFileSync(at('in.jsonl'), '{"id":"a","answer":"Paris"}\n');
});
afterAll(() => rmSync(dir, { recursive: true }));

it('vouch sign signs; score and export take what is signed and pinned, and nothing else', () => {
  const score = (...more: string[]) =>
    vouch('score', at('in.jsonl'), '--model', at('b'), '--out', at('out.jsonl'), '--quiet', ...more);
  const exported = (...more: string[]) =>
    vouch('export', at('b'), '--out', at('exported'), '--as', 'feature-graph', ...more);
  expect(score('--trusted-keys', at('pub'))).toMatchObject({ status: 1, code: 'BUNDLE_UNTRUSTED' });
  const { stdout } = vouch('sign', at('b'), '--key', at('key'), '--json');
  const digest = sha256(readFileSync(at('b/manifest.json')));
  expect(JSON.parse(stdout)).toMatchObject({ digest, signature: at('b/manifest.sig') });
  expect(score('--trusted-keys', at('pub'), '--digest', digest.toUpperCase())).toMatchObject({ status: 0, code: null });
  expect(score('--digest', '0'.repeat(64))).toMatchObject({ status: 1, code: 'BUNDLE_DAMAGED' });
  expect(score('--digest', 'abc')).toMatchObject({ status: 2, code: 'BAD_USAGE' });
  expect(exported('--trusted-keys', at('pub'))).toMatchObject({ status: 0, code: null });
  expect(exported('--digest', '0'.repeat(64))).toMatchObject({ status: 1, code: 'BUNDLE_DAMAGED' });
});
