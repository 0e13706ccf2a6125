import { join } from 'node:path';
import { expect, it } from 'vitest';
import { learnEncoders } from '../../library/learn-encoders.js';
import { openAnnotator } from '../../meaning/annotator.js';
import { temporary } from '../data/temporary.js';
import { writeTinyEncoder } from '../meaning/tiny-encoder.js';

const { folder } = temporary();
const samples = ['Paris.', 'paris', 'London'].map((answer) => ({ answer }));
const answers = Array.from({ length: 60 }, (_, i) => ({ id: `a${i}`, answer: 'Paris', samples }));

it('records the cosine that the answers bring along, because training uses it; else the learned one', async () => {
  const settings = { pooling: 'mean', maxTokens: 16, sameAt: 0.5 };
  const annotator = await openAnnotator([await writeTinyEncoder(join(folder, 'tiny'), { settings })]);
  const sameAtOf = async (given: typeof answers) => (await learnEncoders(given, {}, { annotator }))[0].sameAt;
  // "Paris." and "paris" have a cosine of 1, "Paris" and "London" one of .8
  expect(await sameAtOf(answers)).toBe(0.9);
  expect(await sameAtOf(answers.map((each) => ({ ...each, similarities: { tiny: { sameAt: 0.7 } } })))).toBe(0.7);
  expect(await sameAtOf(answers.slice(0, 3))).toBe(0.5);
  await annotator.close();
});

it('says so where the answers have vectors of another encoder of that name', async () => {
  const annotator = await openAnnotator([await writeTinyEncoder(join(folder, 'tiny'))]);
  const notes: string[] = [];
  const learn = async (vector: number[]) => {
    notes.length = 0;
    const given = answers.map((each) => ({ ...each, embeddings: { 'tiny.answer': vector } }));
    await learnEncoders(given, {}, { annotator, onNote: ({ text }) => void notes.push(text) });
    return notes;
  };
  expect(await learn([1, 0, 0, 0])).toEqual([]);
  const other = [expect.stringContaining('vectors of another encoder called tiny')];
  expect(await learn([0, 1, 0, 0])).toEqual(other);
  expect(await learn([1, 0])).toEqual(other);
  await annotator.close();
});
