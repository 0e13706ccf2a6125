import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../support/digest.js';

describe('digestOf', () => {
  const value = {
    rows: Int32Array.of(1, 2, 3),
    gain: [1, 0.5, Number.NaN],
    text: 'x',
    nested: { deep: [null, Number.POSITIVE_INFINITY] },
    long: new Float32Array(700_000).fill(0.25),
  };

  it('is the same after serialising, in shared memory, and with a key that holds nothing', () => {
    const digest = digestOf(value);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(digestOf(deserialize(serialize(value)))).toBe(digest);
    const shared = new Int32Array(new SharedArrayBuffer(12));
    shared.set(value.rows);
    expect(digestOf({ ...value, rows: shared, watching: undefined })).toBe(digest);
    expect(digestOf({ ...value, rows: Int32Array.of(0, 1, 2, 3).subarray(1) })).toBe(digest);
  });

  it('is another for other contents, kinds of numbers, or what JSON would write alike', () => {
    const last = value.long.slice();
    last[699_999] = 0.5;
    const others = [
      { ...value, rows: Int32Array.of(1, 2, 4) },
      { ...value, rows: Float32Array.of(1, 2, 3) },
      { ...value, gain: [1, 0.5, null] },
      { ...value, gain: [1, 0.5, Number.POSITIVE_INFINITY] },
      { ...value, long: last },
    ];
    const digests = new Set([value, ...others].map(digestOf));
    expect(digests.size).toBe(others.length + 1);
  });
});
