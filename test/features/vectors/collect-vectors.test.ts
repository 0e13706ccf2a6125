import { describe, expect, it } from 'vitest';
import { SignalCollector } from '../../../features/collect.js';
import { patternAsRead, patternOf } from '../../../features/pattern.js';
import { VectorCollector } from '../../../features/vectors/collect-vectors.js';
import { writeVector } from '../../../features/vectors/embeddings.js';

const record = (embeddings?: Record<string, number[] | null>) => ({ id: 'x', answer: 'Paris', embeddings });

describe('collecting vectors', () => {
  it('keeps names in order of first appearance; missing ones are NaN', () => {
    const collector = new VectorCollector(null);
    for (const [at, embeddings] of [{ a: [1, 2] }, undefined, { b: [3], a: null }, { a: [4, 5], b: [6] }].entries())
      expect(collector.add(record(embeddings as never), at)).toBeNull();
    const { shapes, values } = collector.take(4)!;
    expect(shapes).toEqual([
      { name: 'a', size: 2 },
      { name: 'b', size: 1 },
    ]);
    const none = Number.NaN;
    expect(values.map((each) => [...(each as Float32Array)])).toEqual([
      [1, 2, none, none, none, none, 4, 5],
      [none, none, 3, 6],
    ]);
    expect((values[0] as Float32Array).buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('grows past a chunk, and fills rows before the first vector', () => {
    const collector = new VectorCollector(null);
    collector.add(record({ a: [7] }), 700);
    const [all] = collector.take(702)!.values as Float32Array[];
    expect(all[700]).toBe(7);
    expect(all.filter(Number.isNaN).length).toBe(701);
  });

  it('counts a vector of another width as missing and names it', () => {
    const collector = new VectorCollector([{ name: 'a', size: 2 }]);
    expect(collector.add(record({ a: [1, 2, 3], b: [1] }), 0)).toEqual({ name: 'a', expected: 2, got: 3 });
    expect(collector.take(1)).toEqual({
      shapes: [{ name: 'a', size: 2 }],
      values: [Float32Array.of(Number.NaN, Number.NaN)],
    });
  });

  it('is none where no name was seen, and where none was asked for', () => {
    expect(new VectorCollector(null).take(3)).toBeNull();
    const collector = new SignalCollector(0);
    collector.add(record({ a: [1] }) as never);
    expect(collector.finish().vectors).toBeNull();
  });

  it('counts numbers that float32 cannot hold as a missing vector', () => {
    const out = new Float32Array(2);
    writeVector(record({ a: [1e300, 0] }), { name: 'a', size: 2 }, out, 0);
    expect([...out]).toEqual([Number.NaN, Number.NaN]);
    writeVector(record({ constructor: [1, 0] }), { name: 'toString', size: 2 }, out, 0);
    expect([...out]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('the group encoder', () => {
  it('is the last of a pattern, and counts only for a model that reads something of it', () => {
    const pattern = patternOf({ id: 'x', answer: 'Paris', stated: 0.5, embeddings: { a: [1] } });
    expect(pattern).toBe('free+verifiers+encoder');
    expect(patternOf({ id: 'x', answer: 'Paris', embeddings: { a: null } })).toBe('free');
    expect(patternAsRead({ numeric: ['stated@1'] })(pattern)).toBe('free+verifiers');
    expect(patternAsRead({ numeric: [], embeddings: [{ name: 'a', size: 1 }] })(pattern)).toBe(pattern);
    expect(patternAsRead({ numeric: ['similarities.minilm.question@1'] })(pattern)).toBe(pattern);
  });
});
