import { describe, expect, it } from 'vitest';
import type { Extra, Sheet } from '../../../../train/learn/sheet.js';
import { recordedColumns } from '../../../../train/learn/trees/trees.js';

/** Three answers of two numbers and one category. */
const sheet = {
  n: 3,
  schema: { topK: 0, numeric: ['a@1', 'b@1'], categorical: [{ name: 'c', vocabulary: ['x', 'y'] }] },
  numeric: Float32Array.of(1, 2, Number.NaN, 4, 5, 6),
  categories: Int32Array.of(2, 0, 1),
} as unknown as Sheet;

/** Columns of the third and the first answer. */
function read(extra: Extra): number[][] {
  const { width, fill } = recordedColumns(sheet, extra, { vocabularies: [2] });
  return Array.from({ length: width }, (_, j) => {
    const into = new Float32Array(2);
    fill(j, Int32Array.of(2, 0), into);
    return [...into];
  });
}

describe('recordedColumns', () => {
  it('gives the numbers as recorded, then one column for each value of a category', () => {
    expect(read([])).toEqual([
      [5, 1],
      [6, 2],
      [1, 0],
      [0, 1],
    ]);
  });

  it('puts the text channel behind the numbers', () => {
    expect(read([{ name: 'words', column: Float32Array.of(7, 8, 9) }])).toEqual([
      [5, 1],
      [6, 2],
      [9, 7],
      [1, 0],
      [0, 1],
    ]);
  });

  it('leaves what is missing missing', () => {
    const into = new Float32Array(1);
    recordedColumns(sheet, [], { vocabularies: [2] }).fill(0, Int32Array.of(1), into);
    expect([...into]).toEqual([Number.NaN]);
  });
});
