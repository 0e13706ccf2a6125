import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitCommand } from '../../../../data/ask/verifiers/split-command.js';

it.each([
  ['prog', ['prog']],
  ['  prog   a  b ', ['prog', 'a', 'b']],
  [`prog 'a b' "c 'd'"`, ['prog', 'a b', "c 'd'"]],
  ['prog a\\ b \\"c\\"', ['prog', 'a b', '"c"']],
  ["prog ''", ['prog', '']],
  ['C:\\tools\\x.exe a', ['C:\\tools\\x.exe', 'a']],
  ['prog --x="a b"', ['prog', '--x=a b']],
  ['prog $HOME *.txt | cat > f', ['prog', '$HOME', '*.txt', '|', 'cat', '>', 'f']],
])('%s', (text, parts) => expect(splitCommand(text)).toEqual(parts));

it.each([['prog "a'], [''], ['  '], ["'' a"]])('refuses %j', (text) => {
  expect(() => splitCommand(text)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
});

it('gives back what was quoted', () => {
  const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom(...' ab"\'\\$\n') }), { minLength: 1 }), (parts) => {
      fc.pre(parts[0] !== '');
      expect(splitCommand(parts.map(quoted).join(' '))).toEqual(parts);
    }),
  );
});
