import { describe, expect, it } from 'vitest';
import { linesMissing, markedBlocks } from './page-blocks.js';

describe('the marked blocks of a page', () => {
  it('are found with their marks, also in a list; others are not', () => {
    const page = [
      '<!-- file: a.mjs -->\n```js\nlet a;\n```\n',
      '```sh\nnpm install\n```\n',
      '1. Run it:\n\n   <!-- run -->\n   ```sh\n   node a.mjs\n     --deep\n   ```\n',
      '<!-- prints, other numbers -->\n```text\n1 answer\n```\n',
    ].join('\n');
    expect(markedBlocks(page)).toEqual([
      { mark: 'file: a.mjs', language: 'js', code: 'let a;\n' },
      { mark: 'run', language: 'sh', code: 'node a.mjs\n  --deep\n' },
      { mark: 'prints, other numbers', language: 'text', code: '1 answer\n' },
    ]);
  });

  it('show lines that were printed, in this order', () => {
    const printed = 'a 12 (x)\nb 0.5\n{"id":"q","more":1}\n';
    expect(linesMissing('a 12 (x)\nb 0.5\n', printed, false)).toEqual([]);
    expect(linesMissing('{"id":"q",…\n', printed, false)).toEqual([]);
    expect(linesMissing('b 0.5\na 12 (x)\n', printed, false)).toEqual(['a 12 (x)']);
    expect(linesMissing('a 13 (x)\n', printed, false)).toEqual(['a 13 (x)']);
    expect(linesMissing('a 13 (x)\nb 7\n', printed, true)).toEqual([]);
    expect(linesMissing('c 0.5\n', printed, true)).toEqual(['c 0.5']);
  });
});
