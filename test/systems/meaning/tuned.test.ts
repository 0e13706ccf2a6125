import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fetchMiniLm } from '../../../bench/encoder/fetch-minilm.js';
import { texts } from '../../../bench/encoder/texts.js';
import { openModel } from '../../../meaning/model/open-model.js';
import { readBert } from '../../../models/bert/read.js';
import { openBackend } from '../../../train/backend/ladder.js';
import { openFrozen } from '../../../train/tuned/frozen.js';

const dir = process.env.VOUCH_MINILM_FLOAT32 ?? join(tmpdir(), 'vouch-minilm-float32');

it('MiniLM-L6-v2 gives the vectors of onnxruntime, to 1e-4', async () => {
  if (!existsSync(join(dir, 'encoder.json'))) await fetchMiniLm(dir, { f32: true });
  const [graph, tokenizer] = ['model.onnx', 'tokenizer.json'].map((name) => readFileSync(join(dir, name)));
  const bert = readBert(graph, dir);
  expect([bert.layers.length, bert.hidden, bert.heads, bert.inner]).toEqual([6, 384, 12, 1536]);
  const model = await openModel({ dir, graph, tokenizer: JSON.parse(tokenizer.toString()) }, { maxTokens: 64 });
  const pairs = texts.map((text, i) => model.tokeniser.pair(text, texts[(i + 5) % texts.length]));
  const { tf } = await openBackend('wasm');
  const frozen = openFrozen(tf, bert, { pairs, trained: 0 });
  const { x } = await frozen.batch(Int32Array.from(pairs.keys()));
  const own = (await x.array()) as number[][][];
  const [output] = [...model.outputs].find(([, shape]) => shape.length === 3)!;
  let worst = 0;
  for (const [i, pair] of pairs.entries()) {
    const { data } = await model.run(pair, output);
    for (let k = 0; k < data.length; k++)
      worst = Math.max(worst, Math.abs(data[k] - own[i][Math.floor(k / 384)][k % 384]));
  }
  expect(worst).toBeLessThan(1e-4);
  await model.close();
});
