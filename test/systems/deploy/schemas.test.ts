/** The examples against the published schemas of Kubernetes and Compose, which two Python packages contain. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { python } from '../../support/python.js';

const examples = resolve(import.meta.dirname, '../../../examples');
const dir = mkdtempSync(join(tmpdir(), 'vouch-schemas-'));
let bin: string;
beforeAll(() => {
  bin = python('schemas', ['kubernetes-validate==1.37.0', 'check-jsonschema==0.39.0']);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const kubernetes = (...files: string[]) =>
  spawnSync(join(bin, '../kubernetes-validate'), ['--strict', ...files], { encoding: 'utf8' });
const compose = (file: string) =>
  spawnSync(bin, ['-m', 'check_jsonschema', '--builtin-schema', 'vendor.compose-spec', file], { encoding: 'utf8' });

it('Kubernetes: every manifest, in strict mode', () => {
  const folder = join(examples, 'kubernetes');
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(8);
  const { status, stdout, stderr } = kubernetes(...files.map((name) => join(folder, name)));
  expect([status, stdout.match(/^(ERROR|FAIL).*$/gm), stderr]).toEqual([0, null, '']);
  const wrong = join(dir, 'wrong.yaml');
  writeFileSync(wrong, readFileSync(join(folder, 'service.yaml'), 'utf8').replace('readinessProbe:', 'readyProbe:'));
  expect(kubernetes(wrong).status).not.toBe(0);
});

it('Compose: the file as it stands', () => {
  const file = join(examples, 'compose/compose.yaml');
  const { status, stdout } = compose(file);
  expect([status, stdout]).toEqual([0, expect.stringContaining('ok')]);
  const wrong = join(dir, 'compose.yaml');
  writeFileSync(wrong, readFileSync(file, 'utf8').replace('depends_on:', 'depend_on:'));
  expect(compose(wrong).status).not.toBe(0);
});
