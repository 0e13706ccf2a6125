import { describe, expect, it } from 'vitest';
import { readAll } from '../../../data/read/read-all.js';

const answer = (id: string, prompt: string) => ({ id, prompt, answer: 'yes' });

describe('all answers, read together', () => {
  it('become what is needed of them, in order, with the question of each', async () => {
    const rows = [answer('a', 'Why?'), answer('b', 'How?'), answer('c', 'Why?')];
    const { items, groups, bad } = await readAll(rows, {}, {}, async ({ id }) => id.toUpperCase());
    expect(items).toEqual(['A', 'B', 'C']);
    expect(groups[0]).toBe(groups[2]);
    expect(groups[0]).not.toBe(groups[1]);
    expect(bad).toEqual([]);
  });

  it('must have ids of their own, and there must be some', async () => {
    const twice = readAll([answer('a', 'Why?'), answer('a', 'How?')], {}, {}, ({ id }) => id);
    await expect(twice).rejects.toMatchObject({
      code: 'DUPLICATE_ID',
      detail: { line: 2, field: 'id', got: 'a', hint: expect.stringContaining('--map id=FIELD') },
    });
    await expect(readAll([], {}, {}, ({ id }) => id)).rejects.toMatchObject({ code: 'NO_ANSWERS' });
  });
});
