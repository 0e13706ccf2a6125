import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Graph } from '../../../models/onnx/graph.js';

/** The vocabulary: numbers are places in this list. */
const words = [
  ...['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'which', 'town', 'paris', 'london', 'it', 'is', 'not'],
  ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
];
const special = (content: string) => ({
  id: words.indexOf(content),
  content,
  ...{ single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
});
const at = (id: string, type: number) => ({ SpecialToken: { id, type_id: type } });
const first = [at('[CLS]', 0), { Sequence: { id: 'A', type_id: 0 } }, at('[SEP]', 0)];

/** A tokenizer of whole words, with the template of BERT. */
const tokenizer = {
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
    single: first,
    pair: [...first, { Sequence: { id: 'B', type_id: 1 } }, at('[SEP]', 1)],
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
 * What a token of the premise, and one of the hypothesis, adds to the logits of contradiction, entailment and neutral.
 * Only for the tests of what surrounds a model: it knows nothing of meaning.
 */
const PREMISE: Record<string, [number, number, number]> = { paris: [0, 1, 0], london: [1, 0, 0], not: [2, 0, 0] };
const HYPOTHESIS: Record<string, [number, number, number]> = { paris: [0, 2, 0], london: [0, 0, 1], not: [0, 0, 3] };

/** A graph that adds up these numbers over the tokens of a pair. */
function graphOf(outputs: number): Uint8Array {
  const graph = new Graph('tiny-nli');
  const ids = graph.input('input_ids', 'int64', ['pairs', 'tokens']);
  graph.input('attention_mask', 'int64', ['pairs', 'tokens']);
  const types = graph.input('token_type_ids', 'int64', ['pairs', 'tokens']);
  const rows = [PREMISE, HYPOTHESIS].flatMap((of) => words.map((word) => (of[word] ?? [0, 0, 0]).slice(0, outputs)));
  const row = graph.op('Add', [ids, graph.op('Mul', [types, graph.ints([words.length], [])])]);
  const looked = graph.op('Gather', [graph.floats(rows.flat(), [2 * words.length, outputs]), row]); // [pairs, tokens, 3]
  const logits = graph.op('ReduceSum', [looked, graph.ints([1], [1])], { keepdims: 0 });
  graph.output('logits', logits, 'float32', ['pairs', outputs]);
  return graph.encode();
}

/** P(contradiction), P(entailment), P(neutral) by the same numbers, of words. */
export function expected(premise: string, hypothesis: string): { entails: number; contradicts: number } {
  const logits = [0, 0, 0];
  const add = (text: string, of: typeof PREMISE) => {
    for (const word of text.toLowerCase().split(' ')) for (let k = 0; k < 3; k++) logits[k] += of[word]?.[k] ?? 0;
  };
  add(premise, PREMISE);
  add(hypothesis, HYPOTHESIS);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  return { contradicts: Math.exp(logits[0]) / total, entails: Math.exp(logits[1]) / total };
}

/** Writes a folder with a small entailment model. */
export async function writeTinyNli(
  dir: string,
  { settings = {}, outputs = 3 }: { settings?: object; outputs?: number } = {},
): Promise<string> {
  const labels = ['contradiction', 'entailment', 'neutral'];
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'model.onnx'), graphOf(outputs));
  await writeFile(join(dir, 'tokenizer.json'), JSON.stringify(tokenizer));
  await writeFile(join(dir, 'encoder.json'), JSON.stringify({ kind: 'nli', labels, maxTokens: 16, ...settings }));
  return dir;
}
