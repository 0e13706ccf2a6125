import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Logged } from '../../data/token-list.js';
import type { Annotator } from '../../meaning/annotator.js';
import { openScorer } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { scoreTogether } from '../../serve/bundle/score-together.js';
import { temporary } from '../data/temporary.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const { folder } = temporary();
let plain: Scorer;
beforeAll(async () => {
  await writeTinyBundle(`${folder}/bundle`);
  plain = await openScorer(`${folder}/bundle`);
});
afterAll(() => plain.close());

const record: Logged = { id: 'r', prompt: 'Which town', answer: 'Paris', tokens: [{ token: 'Paris', logprob: -0.1 }] };

it('a record without passages does not wait for one that an entailment model still reads', async () => {
  let finish = () => {};
  const read = new Promise<void>((done) => (finish = done));
  const nli: Partial<Annotator> = {
    encoders: [{ name: 'nli', sha256: '', maxTokens: 8, pooling: 'nli' }],
    fieldsOf: async ({ context }) => {
      if (context == null) return undefined;
      await read;
      return { entailments: { nli: { passages: { entails: [0.1], contradicts: [0.9] } } } };
    },
  };
  const annotator = { ...nli, otherNli: () => nli } as unknown as Annotator;
  const runs: number[] = [];
  const scorer = scoreTogether(plain, { annotator, ran: (rows) => runs.push(rows) });
  const slow = scorer.score({ ...record, context: ['It is London'] });
  const both = await Promise.all([scorer.score(record), scorer.score({ ...record, id: 's' })]);
  expect(both.map(({ id }) => id)).toEqual(['r', 's']);
  expect(both[0]).toEqual(await plain.score(record));
  expect(runs).toEqual([3]);
  finish();
  expect(await slow).toMatchObject({ grounded: false, groundedBy: { passage: 0, contradicts: 0.9 } });
});
