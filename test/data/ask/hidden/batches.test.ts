import { expect, it } from 'vitest';
import { AskFailure } from '../../../../data/ask/endpoint/failure.js';
import { inBatches } from '../../../../data/ask/hidden/batches.js';

it('sends texts together, at most 32; each gets its own result', async () => {
  const sizes: number[] = [];
  const ask = inBatches(async (texts) => {
    sizes.push(texts.length);
    return texts.map((text) => text.toUpperCase());
  });
  const texts = Array.from({ length: 40 }, (_, i) => `t${i}`);
  expect(await Promise.all(texts.map(ask))).toEqual(texts.map((text) => text.toUpperCase()));
  expect(sizes).toEqual([32, 8]);
});

it('asks for each text alone where the server refuses them together', async () => {
  const ask = inBatches(async (texts) => {
    if (texts.includes('bad')) throw new AskFailure('400 too long', { status: 400, again: false });
    return texts.map(() => 1);
  });
  expect(await Promise.allSettled(['a', 'bad', 'b'].map(ask))).toMatchObject([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: { message: '400 too long' } },
    { status: 'fulfilled', value: 1 },
  ]);
});

it('does not ask again where the failure is not about a text', async () => {
  let asked = 0;
  const ask = inBatches<number>(async () => {
    asked++;
    throw new AskFailure('401 wrong key', { status: 401, again: false });
  });
  expect((await Promise.allSettled(['a', 'b'].map(ask))).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked).toBe(1);
});
