import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEncoder } from '../../../meaning/encoder/open-encoder.js';
import { Graph } from '../../../models/onnx/graph.js';
import { tinyGraph, wordTokenizer, writeTinyEncoder } from '../tiny-encoder.js';

let room: string;
let made = 0;
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'encoder-'));
});
afterAll(() => rm(room, { recursive: true, force: true }));

const folder = (given?: Parameters<typeof writeTinyEncoder>[1]) => writeTinyEncoder(join(room, `e${made++}`), given);

async function vectorOf(settings: object, text: string, kind: 'question' | 'text' = 'text'): Promise<number[]> {
  const encoder = await openEncoder(await folder({ settings }));
  try {
    return [...(await encoder.vector(text, kind))];
  } finally {
    await encoder.close();
  }
}

describe('an encoder', () => {
  it('pools the vectors of tokens: [CLS] paris london [SEP] are zeros, (1, 0), (.8, .6), zeros', async () => {
    const mean = await vectorOf({ pooling: 'mean', maxTokens: 16, normalize: false }, 'Paris London');
    expect(mean.map((x) => Number(x.toFixed(6)))).toEqual([0.45, 0.15, 0, 0]);
    const unit = await vectorOf({ pooling: 'mean', maxTokens: 16 }, 'Paris London');
    expect(unit[0]).toBeCloseTo(0.45 / Math.hypot(0.45, 0.15), 6);
    expect(Math.hypot(...unit)).toBeCloseTo(1, 12);
    expect(await vectorOf({ pooling: 'cls', maxTokens: 16 }, 'Paris London')).toEqual([0, 0, 0, 0]);
    expect(await vectorOf({ pooling: 'last', maxTokens: 16 }, 'Paris London')).toEqual([0, 0, 0, 0]);
  });

  it('reads at most maxTokens tokens, and puts prefixes before texts', async () => {
    expect(await vectorOf({ pooling: 'mean', maxTokens: 3 }, 'Paris not not')).toEqual([1, 0, 0, 0]);
    const prefixes = { question: 'not ', text: 'France ' };
    expect(await vectorOf({ pooling: 'mean', maxTokens: 16, prefixes }, 'is', 'question')).toEqual([0, 0, 1, 0]);
    expect(await vectorOf({ pooling: 'mean', maxTokens: 16, prefixes }, 'is')).toEqual([0, 0, 0, 1]);
  });

  it('gives zeros for an empty text if the tokenizer adds no special tokens', async () => {
    const tokenizer = { ...wordTokenizer, post_processor: null };
    for (const pooling of ['mean', 'cls', 'last']) {
      const encoder = await openEncoder(await folder({ tokenizer, settings: { pooling, maxTokens: 16 } }));
      expect([...(await encoder.vector('', 'text'))]).toEqual([0, 0, 0, 0]);
      expect([...(await encoder.vector('Paris', 'text'))]).toEqual([1, 0, 0, 0]);
      await encoder.close();
    }
  });

  it('is known by its name and the hash of its files, and encodes each text once', async () => {
    const settings = { name: 'tiny', pooling: 'mean', maxTokens: 16 };
    const [one, two, other] = await Promise.all(
      [settings, settings, { ...settings, maxTokens: 8 }].map(async (each) =>
        openEncoder(await folder({ settings: each })),
      ),
    );
    expect(one.fact).toMatchObject({ name: 'tiny', maxTokens: 16, pooling: 'mean' });
    expect(one.fact.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(two.fact).toEqual(one.fact);
    expect(other.fact.sha256).not.toBe(one.fact.sha256);
    await Promise.all(['Paris', 'Paris', 'London', 'Paris'].map((text) => one.vector(text, 'text')));
    expect(one.counts).toEqual({ asked: 4, computed: 2 });
    for (const each of [one, two, other]) await each.close();
  });
});

describe('refuses, each with one coded error', () => {
  const bad = (detail: object) => ({ code: 'ENCODER_BAD', detail });
  const refused = async (given: Parameters<typeof writeTinyEncoder>[1], error: object) =>
    expect(openEncoder(await folder(given))).rejects.toMatchObject(error);

  it('a missing file', async () => {
    const dir = await folder();
    await rm(join(dir, 'tokenizer.json'));
    const file = join(dir, 'tokenizer.json');
    await expect(openEncoder(dir)).rejects.toMatchObject({ code: 'FILE_MISSING', detail: { file } });
  });

  it('wrong settings', async () => {
    await refused(
      { settings: { pooling: 'max', maxTokens: 16 } },
      bad({ field: 'pooling', expected: 'mean, cls, last', got: 'max' }),
    );
    await refused({ settings: { pooling: 'mean' } }, bad({ field: 'maxTokens' }));
    await refused({ settings: { pooling: 'mean', maxTokens: 16, name: 'a.b' } }, bad({ field: 'name', got: 'a.b' }));
    await refused({ settings: { pooling: 'mean', maxTokens: 16, max: 3 } }, { code: 'ENCODER_BAD' });
    await refused({ settings: { pooling: 'mean', maxTokens: 2 } }, bad({ field: 'maxTokens', got: 2 }));
  });

  it('a file that is no graph', async () => {
    await refused({ graph: Buffer.from('not a graph') }, { code: 'ENCODER_BAD' });
  });

  it('a graph whose inputs or outputs do not fit', async () => {
    const graph = new Graph('other');
    const pixels = graph.input('pixel_values', 'float32', ['n', 3]);
    graph.output('last_hidden_state', graph.op('Relu', [pixels]), 'float32', ['n', 3]);
    await refused({ graph: graph.encode() }, bad({ field: 'pixel_values' }));

    const flat = new Graph('flat');
    const ids = flat.input('input_ids', 'int64', ['texts', 'tokens']);
    flat.output('logits', flat.op('Cast', [ids], { to: 1 }), 'float32', ['texts', 'tokens']);
    await refused({ graph: flat.encode() }, bad({ expected: 'an output [texts, tokens, size], float32' }));
  });

  it('an output of the wrong size', async () => {
    const graph = new Graph('short');
    const ids = graph.input('input_ids', 'int64', ['texts', 'tokens']);
    const first = graph.op('Gather', [ids, graph.ints([0], [1])], { axis: 1 }); // [texts, 1]
    const wide = graph.op('Unsqueeze', [graph.op('Cast', [first], { to: 1 }), graph.ints([2], [1])]);
    graph.output('hidden', wide, 'float32', ['texts', 'one', 1]);
    await refused({ graph: graph.encode() }, bad({ field: 'hidden', got: [1, 1, 1] }));
  });

  it('a vocabulary that is larger than the table of the graph', async () => {
    const words = { vocab: { '[UNK]': 90, '[CLS]': 91, '[SEP]': 92 } };
    const model = { ...wordTokenizer.model, ...words };
    const tokenizer = { ...wordTokenizer, added_tokens: [], model };
    await refused({ graph: tinyGraph(), tokenizer }, { code: 'ENCODER_BAD' });
  });
});
