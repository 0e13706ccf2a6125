import { describe, expect, it } from 'vitest';
import { prune } from '../../store/forget/prune.js';
import { redact } from '../../store/forget/redact.js';
import { drawAnswers, rowsOfBundle } from '../../store/read/of-bundle.js';
import { write } from '../../store/write/write.js';
import { random } from '../../support/random.js';
import { DAY, freshStore, scored, send, T0 } from './rows.js';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

describe('what a store has of one bundle', () => {
  it('counts its answers and the feedback on them, and nothing after the given row', async () => {
    const store = await freshStore();
    await write(
      store,
      [
        scored('1', { bundle: A, decision: 'accept' }),
        scored('2', { bundle: A, decision: 'abstain', time: T0 + DAY }),
        scored('3', { bundle: B, decision: 'accept', time: T0 + 2 * DAY }),
        scored('4', { bundle: A, decision: null }),
      ],
      [],
    );
    await send(store, [
      { id: '1', thumb: 'up' },
      { id: '1', thumb: 'down' },
      { id: '2', stars: 4 },
      { id: '3', thumb: 'up' },
      { id: 'none', thumb: 'up' },
    ]);
    const found = await rowsOfBundle(store, A, 9);
    expect(found).toEqual({
      ...{ answers: 3, accepted: 1, from: '2026-01-05T10:00:00.000Z', to: '2026-01-06T10:00:00.000Z', unknown: 1 },
      feedback: [
        { kind: 'stars', entries: 1, labelled: 1, right: 0.75, contradicting: 0 },
        { kind: 'thumb', entries: 2, labelled: 2, right: 0.5, contradicting: 1 },
      ],
    });
    expect(await rowsOfBundle(store, A, 2)).toMatchObject({ answers: 2, feedback: [], unknown: 0 });
    expect(await rowsOfBundle(store, 'c'.repeat(64), 9)).toEqual({
      ...{ answers: 0, accepted: 0, from: null, to: null, feedback: [], unknown: 1 },
    });
  });

  it('draws each answer with the same chance, in the order of the chain, across blocks', async () => {
    const store = await freshStore();
    const answers = Array.from({ length: 40 }, (_, i) => scored(`a${i}`, { bundle: i % 2 === 0 ? A : B }));
    await write(store, answers, []);
    const counts = new Map<number, number>();
    const draws = 600;
    for (let i = 0; i < draws; i++) {
      const drawn = await drawAnswers(store, { bundle: A, through: 40, size: 5, block: 7 }, random(i));
      expect(drawn).toHaveLength(5);
      expect(drawn.map(({ seq }) => seq)).toEqual([...new Set(drawn.map(({ seq }) => seq))].sort((a, b) => a - b));
      for (const { seq } of drawn) counts.set(seq, (counts.get(seq) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i + 1));
    // Binomial(600, 1/4): mean 150, standard deviation 10.6
    for (const n of counts.values()) expect(Math.abs(n - 150)).toBeLessThan(5 * 10.6);
  });

  it('keeps the place of an answer whose id was deleted, and none of one that is gone', async () => {
    const store = await freshStore();
    await write(store, [scored('x', { bundle: A }), scored('y', { bundle: A, time: T0 + 9 * DAY })], []);
    await redact(store, { by: 'id', id: 'y' }, T0 + 10 * DAY);
    const of = { bundle: A, through: 9, size: 5 };
    expect(await drawAnswers(store, of, random(1))).toEqual([
      { seq: 1, id: 'x' },
      { seq: 2, id: null },
    ]);
    await prune(store, T0 + DAY, T0 + 11 * DAY);
    expect(await drawAnswers(store, of, random(1))).toEqual([{ seq: 2, id: null }]);
  });
});
