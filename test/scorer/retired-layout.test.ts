import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAYOUT_KEY } from '../../models/layout.js';
import { bytes, join as joined, string } from '../../models/onnx/protobuf.js';
import { readModel } from '../../models/onnx/read.js';
import { readCompiled } from '../../models/read.js';
import { directOf } from '../../scorer/direct/direct.js';
import { openScorer } from '../../scorer/open.js';
import { sha256 } from '../../support/digest.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-retired-'));
afterAll(() => rmSync(dir, { recursive: true }));

const record = { id: 'a', model: 'm1', prompt: 'How many?', answer: 'About forty-two of them.', stated: 0.7 };

/** Edits the layout in a bundle's graph. The last metadata entry of a name counts, so the edited one is appended. */
function editLayout(bundle: string, from: string, to: string): Uint8Array {
  const graph = readFileSync(join(bundle, 'model.onnx'));
  const layout = readModel(graph).metadata.get(LAYOUT_KEY)!;
  expect(layout).toContain(from);
  const edited = joined([graph, bytes(14, joined([string(1, LAYOUT_KEY), string(2, layout.replace(from, to))]))]);
  const path = join(bundle, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.files['model.onnx'] = sha256(edited);
  manifest.sizes['model.onnx'] = edited.length;
  writeFileSync(join(bundle, 'model.onnx'), edited);
  writeFileSync(path, JSON.stringify(manifest));
  return edited;
}

describe.each([
  ['an embedding', '"networks":', '"embedding":{"columns":[0],"slope":"s","offset":"o"},"networks":'],
  ['the activation relu', '"activation":"silu"', '"activation":"relu"'],
])('a bundle of an early version with %s', (name, from, to) => {
  const bundle = join(dir, name);
  let expected: number;
  let edited: Uint8Array;

  beforeAll(async () => {
    await writeTinyBundle(bundle);
    const scorer = await openScorer(bundle);
    expected = (await scorer.score(record)).probability;
    await scorer.close();
    edited = editLayout(bundle, from, to);
  });

  it('opens and scores with onnxruntime, but gives no reasons', async () => {
    expect(directOf(edited, 6)).toBeNull();
    const scorer = await openScorer(bundle);
    expect((await scorer.score(record)).probability).toBeCloseTo(expected, 6);
    await expect(scorer.scoreMany([record], { reasons: 3 })).rejects.toMatchObject({
      code: 'BUNDLE_BAD',
      what: 'an earlier version wrote this model with parts that this version cannot explain, so it gives no reasons',
      detail: { hint: 'Train it again with this version.' },
    });
    await scorer.close();
  });

  it('cannot be read back, so adapt and export say that it has to be trained again', async () => {
    const { signals } = JSON.parse(readFileSync(join(bundle, 'manifest.json'), 'utf8'));
    expect(readCompiled(edited, signals)).toBeNull();
  });
});
