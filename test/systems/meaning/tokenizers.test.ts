import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTokeniser } from '../../../meaning/model/tokeniser.js';
import { random } from '../../../support/random.js';
import { python } from '../../support/python.js';

const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const specials = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
const pieces = [...specials, ...letters, ...letters.map((letter) => `##${letter}`), ...'.,!?-\'"()'];
const words = [...pieces, 'paris', 'london', '##ing', 'the', 'is', 'capital', '##s', 'é', '東', '##ß'];
const at = (id: string, type: number) => ({ SpecialToken: { id, type_id: type } });
const first = [at('[CLS]', 0), { Sequence: { id: 'A', type_id: 0 } }, at('[SEP]', 0)];
const template = Object.fromEntries(
  ['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [words.indexOf(id)], tokens: [id] }]),
);
/** Subwords with the template of BERT. */
const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: specials.map((content, id) => ({
    ...{ id, content, special: true },
    ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
  })),
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
    special_tokens: template,
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

it('numbers pairs as Hugging Face tokenizers do, cut or not', async () => {
  const draw = random(1);
  const some = [
    'Paris',
    'LONDON',
    'sing',
    'the',
    ' ',
    '  ',
    '\n',
    'Été',
    '東京',
    'ß',
    'a-b',
    "isn't",
    '1,234.5',
    '\u0000',
    '😀',
  ];
  const text = () =>
    Array.from({ length: draw.int(14) }, () => some[draw.int(some.length)]).join(draw.int(2) ? ' ' : '');
  const pairs = Array.from({ length: 500 }, () => [text(), text()]);
  for (const maxTokens of [512, 17, 16, 9]) {
    const input = JSON.stringify({ tokenizer, maxTokens, pairs });
    const script = join(import.meta.dirname, 'tokenize.py');
    const bin = python('tokenizers', ['tokenizers==0.23.3']);
    const wanted = JSON.parse(execFileSync(bin, [script], { input, encoding: 'utf8', maxBuffer: 2 ** 26 }));
    const { pair } = await openTokeniser(tokenizer, maxTokens, 'tokenizer.json');
    expect(pairs.map(([a, b]) => pair(a, b))).toEqual(wanted);
  }
});
