import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cases } from '../../../bench/gpu/cases.js';
import type { Timed } from '../../../bench/gpu/timed.js';
import { type BackendRun, table, verdicts } from '../../../bench/gpu/verdict.js';

const run = (backend: string, cuda: boolean, speeds: number[]): BackendRun => {
  const names = ['mlp a', 'probe small', 'probe middle', 'probe large'];
  const timed: Timed[] = speeds.map((rowsPerSecond, i) => ({
    name: names[i],
    rows: 100 * (i + 1),
    rowsPerSecond,
    loss: 0,
  }));
  return { backend, said: '', cuda, timed };
};

describe('verdicts', () => {
  it('says from which size on the GPU beats the fastest CPU backend', () => {
    const runs = [run('cuda', true, [10, 50, 300, 900]), run('wasm', false, [20, 40, 100, 100])];
    const more = [...runs, run('libtensorflow', false, [15, 60, 150, 300])];
    expect(verdicts(more)).toEqual([
      'mlp: the GPU wins at no size that was measured, to mlp a, 100 rows.',
      'probe: the GPU wins from probe middle, 300 rows on (2.0 times as fast).',
    ]);
    // a win at a middle size does not count if a larger one is lost
    expect(verdicts([run('cuda', true, [10, 50, 300, 90]), runs[1]])[1]).toBe(
      'probe: the GPU wins at no size that was measured, to probe large, 400 rows.',
    );
  });

  it('passes over sizes that only one of them ran', () => {
    const runs = [run('cuda', true, [10, 50, 300, 900]), run('wasm', false, [20, 40, 100])];
    expect(verdicts(runs)[1]).toBe('probe: the GPU wins from probe small, 200 rows on (1.3 times as fast).');
    expect(verdicts([runs[0]])).toEqual([
      'mlp: no size was measured on both the GPU and a CPU.',
      'probe: no size was measured on both the GPU and a CPU.',
    ]);
  });

  it('says so if no GPU was used', () => {
    expect(verdicts([run('wasm', false, [1, 2, 3, 4])])).toEqual([
      'No CUDA device was used: these figures compare CPU backends only.',
    ]);
  });
});

describe('table', () => {
  it('has a column for each backend, and leaves cases empty that one of them had no time for', () => {
    const lines = table([run('cuda', true, [10, 50, 300, 900]), run('wasm', false, [20, 40])]).split('\n');
    expect(lines[0]).toBe('| network | rows | cuda | wasm | GPU ÷ best CPU |');
    expect(lines[2]).toBe('| mlp a | 100 | 10 | 20 | 0.50 |');
    expect(lines[5]).toBe('| probe large | 400 | 900 |  |  |');
  });
});

describe('bench/gpu.ts', () => {
  it('runs at a small size on a CPU backend and says that there is no GPU', () => {
    const options = ['--backends', 'cpu', '--share', '0.001', '--seconds', '0.01', '--minutes', '1'];
    const env = { ...process.env, CUDA_VISIBLE_DEVICES: '-1' };
    const printed = execFileSync('npx', ['tsx', 'bench/gpu.ts', ...options], { encoding: 'utf8', env });
    expect(printed).toContain('No CUDA device was used');
    expect(printed).toContain(`| ${cases()[0].name} | 64 |`);
  }, 300_000);
});
