import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Graph } from '../../models/onnx/graph.js';

/** The vocabulary of `wordTokenizer`: numbers are places in this list. */
export const words = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  'paris',
  'is',
  'the',
  'capital',
  'of',
  'france',
  'london',
  'not',
];
const special = (content: string) => ({
  id: words.indexOf(content),
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});
const at = (id: string, type: number) => ({ SpecialToken: { id, type_id: type } });
/** A tokenizer of whole words, with the template of BERT. */
export const wordTokenizer = {
  added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map(special),
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [at('[CLS]', 0), { Sequence: { id: 'A', type_id: 0 } }, at('[SEP]', 0)],
    pair: [
      ...[at('[CLS]', 0), { Sequence: { id: 'A', type_id: 0 } }, at('[SEP]', 0)],
      ...[{ Sequence: { id: 'B', type_id: 1 } }, at('[SEP]', 1)],
    ],
    special_tokens: {},
  },
  decoder: null,
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(words.map((word, i) => [word, i])),
  },
};

/**
 * What each word means, in 4 dimensions: towns, numbers, denial, and everything else. So "Paris" and "London" have a
 * cosine of 0.8, and "Paris" and "not" one of 0.
 */
export const vectors: Record<string, number[]> = {
  paris: [1, 0, 0, 0],
  london: [0.8, 0.6, 0, 0],
  not: [0, 0, 1, 0],
  france: [0, 0, 0, 2],
};

/** A graph that looks up a vector per token: other tokens than those of `vectors` are zeros. */
export function tinyGraph(size = 4): Uint8Array {
  const graph = new Graph('tiny-encoder');
  const ids = graph.input('input_ids', 'int64', ['texts', 'tokens']);
  const mask = graph.input('attention_mask', 'int64', ['texts', 'tokens']);
  const table = words.flatMap((word) => Array.from({ length: size }, (_, j) => vectors[word]?.[j] ?? 0));
  const looked = graph.op('Gather', [graph.floats(table, [words.length, size]), ids]); // [texts, tokens, size]
  const shown = graph.op('Unsqueeze', [graph.op('Cast', [mask], { to: 1 }), graph.ints([2], [1])]);
  const result = graph.op('Mul', [looked, shown]);
  graph.output('last_hidden_state', result, 'float32', ['texts', 'tokens', size]);
  return graph.encode();
}

/** Writes a folder with a small sentence encoder. */
export async function writeTinyEncoder(
  dir: string,
  {
    graph = tinyGraph(),
    tokenizer = wordTokenizer,
    settings = { pooling: 'mean', maxTokens: 16 },
  }: {
    graph?: Uint8Array;
    tokenizer?: object;
    settings?: object;
  } = {},
): Promise<string> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'model.onnx'), graph);
  await writeFile(join(dir, 'tokenizer.json'), JSON.stringify(tokenizer));
  await writeFile(join(dir, 'encoder.json'), JSON.stringify(settings));
  return dir;
}
