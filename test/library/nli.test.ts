import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { score, train } from '../../index.js';
import { openNli } from '../../meaning/nli/open-nli.js';
import { temporary } from '../data/temporary.js';
import { writeTinyNli } from '../meaning/nli/tiny-nli.js';
import { madeAnswers } from '../support/answers.js';
import { light } from '../support/trained.js';

const { folder } = temporary();
const small = { ...light, threads: 1, backend: 'wasm' as const };
const graded = madeAnswers(130, 1).map((record) => ({
  ...record,
  samples: [{ answer: 'Paris' }, { answer: 'London' }],
  context: ['It is Paris not not not'],
}));

it('a bundle names the entailment model that its answers were read with, and scores with it', async () => {
  const bundle = join(folder, 'bundle');
  const nli = await writeTinyNli(join(folder, 'mnli'));
  await train(graded, { out: bundle, ...small, encoders: [nli] });
  const { fact, close } = await openNli(nli);
  await close();
  const { encoders } = JSON.parse(readFileSync(join(bundle, 'manifest.json'), 'utf8'));
  expect(encoders).toEqual([fact]);
  expect(fact).toMatchObject({ name: 'mnli', maxTokens: 16, pooling: 'nli' });

  const notes: string[] = [];
  const onNote = ({ text }: { text: string }) => void notes.push(text);
  const withIt = await score(graded.slice(0, 3), { model: bundle, encoders: [nli], onNote });
  expect(withIt.map(({ grounded }) => grounded)).toEqual([false, false, false]);
  expect(notes).toEqual([]);
  const without = await score(graded.slice(0, 3), { model: bundle, onNote });
  expect(without.map(({ grounded }) => grounded)).toEqual([undefined, undefined, undefined]);
  expect(notes).toEqual([expect.stringContaining('trained with --nli mnli, which was not given')]);

  const other = await writeTinyNli(join(folder, 'other'), { settings: { name: 'mnli', maxTokens: 32 } });
  await expect(score(graded, { model: bundle, encoders: [other] })).rejects.toMatchObject({ code: 'BUNDLE_ENCODER' });
});
