import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { writeEveryPartBundle } from '../support/every-part-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-export-cli-'));

beforeAll(() => writeEveryPartBundle(join(dir, 'bundle')));
afterAll(() => rmSync(dir, { recursive: true }));

it('vouch export writes the forms asked for and says what the raw graph is given', () => {
  const args = [
    'export',
    join(dir, 'bundle'),
    '--out',
    join(dir, 'out'),
    '--as',
    'raw-graph,kserve',
    '--name',
    'q_a',
    '--json',
  ];
  const summary = JSON.parse(execFileSync(process.execPath, [...cli, ...args], { encoding: 'utf8' }));
  expect(summary).toMatchObject({
    forms: ['raw-graph', 'kserve'],
    signals: 5,
    computed: 2,
    numbers: ['text.words', 'text.chars', 'stated'],
  });
  expect(summary.files).toContain('raw-graph/model.onnx');
  const manifest = readFileSync(join(dir, 'out/kserve/inference-service.yaml'), 'utf8');
  expect(manifest).toContain('  name: q-a\n');
  expect(manifest).toContain('storageUri: "pvc://models/q_a"\n');
});

it('an unknown form is wrong usage', () => {
  const args = ['export', join(dir, 'bundle'), '--out', join(dir, 'other'), '--as', 'coreml'];
  const { status, stderr } = spawnSync(process.execPath, [...cli, ...args], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain('VOUCH_BAD_USAGE');
});
