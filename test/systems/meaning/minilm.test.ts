import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchMiniLm } from '../../../bench/encoder/fetch-minilm.js';
import { texts } from '../../../bench/encoder/texts.js';
import { venv } from '../../../bench/venv.js';
import { openEncoder } from '../../../meaning/encoder/open-encoder.js';
import { cosine } from '../../../meaning/encoder/pool.js';

describe.each([
  ['int8', false],
  ['float32', true],
])('MiniLM-L6-v2, %s', (kind, f32) => {
  const dir = process.env[`VOUCH_MINILM_${kind.toUpperCase()}`] ?? join(tmpdir(), `vouch-minilm-${kind}`);

  it('gives the vectors of onnxruntime and tokenizers for Python, to 1e-5', async () => {
    if (!existsSync(join(dir, 'encoder.json'))) await fetchMiniLm(dir, { f32 });
    const python = venv('bench/requirements-encoder.txt', 'bench/.venv-encoder');
    const peers = JSON.parse(
      execFileSync(python, ['bench/encoder/vectors.py', dir], { input: JSON.stringify(texts), encoding: 'utf8' }),
    ) as number[][];
    const encoder = await openEncoder(dir);
    const ours = await Promise.all(texts.map((text) => encoder.vector(text, 'text')));
    expect(encoder.size).toBe(384);
    const worst = texts.map((_, i) => ours[i].reduce((most, x, j) => Math.max(most, Math.abs(x - peers[i][j])), 0));
    for (const difference of worst) expect(difference).toBeLessThan(1e-5);
    await encoder.close();
  });

  it('knows what texts mean', async () => {
    const encoder = await openEncoder(dir);
    const [a, b, c] = await Promise.all(
      ['The man bought a new car.', 'A man purchased a vehicle.', 'Photosynthesis needs light.'].map((text) =>
        encoder.vector(text, 'text'),
      ),
    );
    expect(cosine(a, b)).toBeGreaterThan(0.6);
    expect(cosine(a, c)).toBeLessThan(0.2);
    await encoder.close();
  });
});
