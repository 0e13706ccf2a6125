import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeAnswers } from '../../support/answers.js';

const vouch = resolve(import.meta.dirname, '../../../dist/scripts/vouch.js');
/** Kills, each after more fits. */
const KILLS = Number(process.env.VOUCH_KILLS ?? 2);

describe('train, killed and resumed', () => {
  let folder: string;
  let wanted: Buffer;
  const out = (name: string) => join(folder, name);
  const args = (name: string, ...more: string[]) => [
    vouch,
    'train',
    out('answers.jsonl'),
    '--out',
    out(name),
    '--config',
    out('config.json'),
    '--quiet',
    ...more,
  ];
  const fits = (name: string) =>
    existsSync(out(`${name}.fits`)) ? readdirSync(out(`${name}.fits`)).filter((file) => file.endsWith('.fit')) : [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vouch-kill-'));
    const lines = madeAnswers(120).map((record) => JSON.stringify(record));
    writeFileSync(out('answers.jsonl'), `${lines.join('\n')}\n`);
    const config = { folds: 3, resamples: 50, learners: ['logistic', 'trees'], trees: { most: 40 }, patterns: [] };
    writeFileSync(out('config.json'), JSON.stringify(config));
    const { status } = spawnSync('node', args('whole'), { stdio: 'ignore' });
    expect(status).toBe(0);
    wanted = readFileSync(join(out('whole'), 'model.onnx'));
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps what it had fitted, gives the same graph, and leaves nothing aside', { timeout: 600_000 }, async () => {
    expect(existsSync(out('whole.fits'))).toBe(false);
    for (let kill = 1; kill <= KILLS; kill++) {
      const before = fits('killed').length;
      const child = spawn('node', args('killed', '--resume'), { stdio: 'ignore' });
      const ended = once(child, 'exit');
      while (fits('killed').length < before + 3 && child.exitCode === null) await pause(5);
      child.kill('SIGKILL');
      await ended;
      expect(fits('killed').length).toBeGreaterThanOrEqual(before + 3);
      expect(existsSync(out('killed'))).toBe(false);
    }
    const { status } = spawnSync('node', args('killed', '--resume'), { stdio: 'ignore' });
    expect(status).toBe(0);
    expect(readFileSync(join(out('killed'), 'model.onnx')).equals(wanted)).toBe(true);
    expect(existsSync(out('killed.fits'))).toBe(false);
  });
});
