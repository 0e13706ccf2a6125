import { describe, expect, it } from 'vitest';
import { SEEN_FILE, seenFile, seenIn, seenQuestions, seenTest } from '../../models/bundle/seen.js';
import { random } from '../../support/random.js';

const draw = random('questions');
const hashes = (n: number) => Array.from({ length: n }, () => draw.int(2 ** 31).toString(16) + draw.int(2 ** 31));

describe('fingerprints of the training questions', () => {
  const trained = hashes(3000);
  const made = seenQuestions([...trained, ...trained, null], 'abc');

  it('match every training question, and about 1 in 100 other questions', () => {
    const isSeen = seenTest([made]);
    expect(trained.every(isSeen)).toBe(true);
    const others = hashes(20_000).filter(isSeen).length / 20_000;
    expect(others).toBeGreaterThan(0.003);
    expect(others).toBeLessThan(0.013);
  });

  it('are truncated and salted: few bits, and different ones for different data', () => {
    expect(made.bits).toBe(19);
    expect(made.count).toBeLessThanOrEqual(3000);
    const other = seenQuestions(trained, 'abd');
    expect(other.salt).not.toBe(made.salt);
    expect(other.packed.slice(0, 40)).not.toBe(made.packed.slice(0, 40));
    expect(seenQuestions(trained, 'abc')).toEqual(made);
  });

  it('survive the file of a bundle, also several sets, and are absent if none are stored', () => {
    const file = seenFile([made, seenQuestions(['f00'], 'x')]);
    const read = seenIn(Buffer.from(file[SEEN_FILE]));
    expect(read).toHaveLength(2);
    const isSeen = seenTest(read);
    expect(trained.every(isSeen)).toBe(true);
    expect(isSeen('f00')).toBe(true);
    expect(seenFile([])).toEqual({});
    expect(seenIn(undefined)).toEqual([]);
    expect(seenTest([])('f00')).toBe(false);
    expect(() => seenIn(Buffer.from('{"seen":[{}]}'))).toThrow(/questions\.json.*BUNDLE_BAD/);
    expect(seenTest([seenQuestions([], 'x')])('f00')).toBe(false);
  });
});
