import { afterEach, describe, expect, it } from 'vitest';
import { isFit, register, sheet } from '../../scripts/commands/doctor.js';
import type { Check } from '../../scripts/doctor-checks.js';
import { command } from '../support/run-command.js';

const node: Check = { name: 'node', essential: true, ok: true, says: 'v20.1.0', remedy: 'Install Node 20 or newer.' };
const gpu: Check = { name: 'backend cuda', essential: false, ok: false, says: 'not installed', remedy: 'Run it.' };
const table: Check = {
  name: 'arquero',
  essential: true,
  ok: false,
  says: 'cannot be found',
  remedy: 'Reinstall vouch.',
};

describe('the verdict', () => {
  it('is good without an extra, bad without an essential', () => {
    expect(isFit([node, gpu])).toBe(true);
    expect(isFit([node, gpu, table])).toBe(false);
  });

  it('is shown with each remedy under what does not work', () => {
    expect(sheet([node, gpu], 'wasm')).toBe(
      [
        'ok    node          v20.1.0',
        '-     backend cuda  not installed',
        '                    Run it.',
        'vouch works here; training uses wasm',
        '',
      ].join('\n'),
    );
    expect(sheet([node, table], null)).toBe(
      [
        'ok    node     v20.1.0',
        'FAIL  arquero  cannot be found',
        '               Reinstall vouch.',
        'vouch does not work here',
        '',
      ].join('\n'),
    );
  });
});

describe('vouch doctor --json', () => {
  afterEach(() => {
    process.exitCode = undefined;
  });

  it('looks at everything and finds this machine fit', async () => {
    const printed = await command(register, 'doctor', '--json');
    const { ok, backend, checks } = JSON.parse(printed) as { ok: boolean; backend: string; checks: Check[] };
    expect(checks.map(({ name }) => name)).toEqual([
      'node',
      'machine',
      'disk',
      'temporary folder',
      'arquero',
      'onnxruntime',
      'backend cuda',
      'backend webgpu',
      'backend libtensorflow',
      'backend wasm',
      'backend cpu',
    ]);
    const essential = checks.filter((check) => check.essential).map(({ name, ok }) => [name, ok]);
    expect(essential).toEqual([
      ['node', true],
      ['temporary folder', true],
      ['arquero', true],
      ['onnxruntime', true],
      ['backend wasm', true],
    ]);
    expect(ok).toBe(true);
    expect(['cuda', 'webgpu', 'libtensorflow', 'wasm']).toContain(backend);
    expect(process.exitCode).toBeUndefined();
  });
});
