import { describe, expect, it } from 'vitest';
import { RowStore } from '../../features/row-store.js';
import { random } from '../../support/random.js';

describe('RowStore', () => {
  it('gives back every number in its place, whichever columns vary and where', () => {
    const n = 1300; // two full stretches and a part of a third
    const draw = random('rows');
    const late = (i: number) => (i === 1299 ? 1 : 0);
    const columns: ((i: number) => number)[] = [
      () => Number.NaN,
      () => 2,
      () => -0,
      late,
      (i) => (i < 512 ? Number.NaN : i),
      () => draw.next(),
    ];
    const wanted = columns.map((of) => Float64Array.from({ length: n }, (_, i) => of(i)));
    const store = new RowStore(columns.length);
    for (let i = 0; i < n; i++) {
      const at = store.placeOf(i);
      const chunk = store.chunkOf(i);
      wanted.forEach((column, c) => {
        if (!Number.isNaN(column[i])) chunk[at + c] = column[i]; // what is not written is NaN
      });
    }
    store.take(n).forEach((column, c) => {
      expect(column, `column ${c}`).toEqual(wanted[c]);
    });
  });

  it('columns that were never recorded take one array together; there may be no row at all', () => {
    const store = new RowStore(3);
    store.chunkOf(0)[1] = 5;
    const [first, second, third] = store.take(2);
    expect([[...first], [...second]]).toEqual([
      [Number.NaN, Number.NaN],
      [5, Number.NaN],
    ]);
    expect(third).toBe(first);
    expect(new RowStore(2).take(0).map(({ length }) => length)).toEqual([0, 0]);
  });
});
