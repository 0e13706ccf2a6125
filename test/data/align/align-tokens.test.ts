import { describe, expect, it } from 'vitest';
import { alignTokens } from '../../../data/align/align-tokens.js';

const listed = (...tokens: string[]) => tokens.map((token) => ({ token }));
const texts = (tokens: { token: string; bytes?: unknown }[], answer: string, more = false): string[] | null => {
  const found = alignTokens(tokens, answer, more);
  return found === null ? null : tokens.slice(found.first, found.end).map(({ token }) => token);
};

describe('alignTokens', () => {
  it('finds the answer among end marks, white space and special tokens', () => {
    expect(texts(listed('Can', 'berra'), 'Canberra')).toEqual(['Can', 'berra']);
    for (const mark of [
      '<|im_end|>',
      '</s>',
      '<|eot_id|>',
      '<end_of_turn>',
      '<｜end▁of▁sentence｜>',
      '[EOS]',
      '<turn|>',
      '[|endofturn|]',
      ' [e~[\n',
      '',
    ])
      expect(texts(listed('Can', 'berra', mark), 'Canberra')).toEqual(['Can', 'berra']);
    expect(texts(listed('<s>', '\n\n', ' Can', 'berra', '\n', '<|im_end|>', '\n'), 'Canberra')).toEqual([
      ' Can',
      'berra',
    ]);
    expect(texts(listed('Can', 'berra', '\n\nQ', ':'), 'Canberra')).toEqual(['Can', 'berra']); // a stop text
    expect(texts(listed('s', '</s>'), 's')).toEqual(['s']);
  });

  it('keeps a mark that the answer ends with', () => {
    expect(texts(listed('Write ', '</s>'), 'Write </s>')).toEqual(['Write ', '</s>']);
  });

  it('keeps white space that the answer has, and finds it where the list lacks it', () => {
    expect(texts(listed('\n', 'Yes', '\n'), '\nYes\n')).toEqual(['\n', 'Yes', '\n']);
    expect(texts(listed('Yes', ' indeed'), '  Yes indeed\n')).toEqual(['Yes', ' indeed']);
    expect(texts(listed('Yes', ' ,', ' indeed'), 'Yes, indeed')).toEqual(['Yes', ' ,', ' indeed']);
  });

  it('leaves reasoning out, by its tags or by place', () => {
    expect(texts(listed('<think>', 'Yes', '</think>', '\n\n', 'Yes'), 'Yes', true)).toEqual(['Yes']);
    expect(texts(listed('Yes', ' or no?', 'Yes'), 'Yes', true)).toEqual(['Yes']);
    expect(texts(listed('Hm', '.'), 'Rome', true)).toBeNull();
    expect(texts(listed('<think>', 'Hm', '</think>', 'Ro'), 'Rome', true)).toEqual(['Ro']);
  });

  it('keeps a list that ends too early, not one that begins too late or says something else', () => {
    expect(texts(listed('I', ' can'), 'I can not help.')).toEqual(['I', ' can']);
    expect(texts(listed(' not', ' help.'), 'I can not help.')).toBeNull();
    expect(texts(listed('Sydney'), 'Canberra')).toBeNull();
    expect(texts(listed('xCan', 'berra'), 'Canberra')).toBeNull();
    expect(texts(listed('a'), '')).toBeNull();
    expect(texts([], 'a')).toBeNull();
  });

  it('goes by bytes where characters are split, and by text where the bytes are wrong', () => {
    const split = [
      { token: ' �', bytes: [32, 240, 159] },
      { token: '�', bytes: [152, 138] },
    ];
    expect(texts([{ token: 'Yes', bytes: null }, ...split] as never, 'Yes 😊')).toEqual(['Yes', ' �', '�']);
    expect(texts([{ token: 'Canberra', bytes: [67] }], 'Canberra')).toEqual(['Canberra']);
    expect(texts([{ token: 'Can', bytes: [67] }], 'Canberra')).toEqual(['Can']);
    expect(
      texts(
        [
          { token: 'à', bytes: [195, 160] },
          { token: '\u3000', bytes: [227, 128, 128] },
        ],
        'à\u3000',
      ),
    ).toEqual(['à', '\u3000']);
  });

  it('reads other spellings of bytes and spaces', () => {
    expect(texts(listed('bytes: \\xf0\\x9f', 'bytes:\\x98\\x8a'), '😊')).toEqual([
      'bytes: \\xf0\\x9f',
      'bytes:\\x98\\x8a',
    ]);
    expect(texts(listed('▁Can', 'berra', '<0x0A>', '</s>'), 'Canberra\n')).toEqual(['▁Can', 'berra', '<0x0A>']);
    expect(texts(listed('æĺ¯', 'Ġok'), '是 ok')).toEqual(['æĺ¯', 'Ġok']);
  });

  it('reads around characters of which no bytes were logged', () => {
    expect(texts(listed('Yes', ' �', '�', '�', ' ok', '<|im_end|>'), 'Yes 😊 ok')).toEqual([
      'Yes',
      ' �',
      '�',
      '�',
      ' ok',
    ]);
    expect(texts(listed('</think>', '\n\n', '�', '�', ' ok'), '😊 ok', true)).toEqual(['�', '�', ' ok']);
    expect(texts(listed('No', ' �', '�', ' ok'), 'Yes 😊 ok')).toBeNull();
  });
});
