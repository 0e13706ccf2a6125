import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { checkRecord } from '../../../data/check-record.js';
import type { Logged } from '../../../data/token-list.js';
import { openAnnotator } from '../../../meaning/annotator.js';
import { windowsOf } from '../../../meaning/model/tokeniser.js';
import { openNli } from '../../../meaning/nli/open-nli.js';
import { errorOf, temporary } from '../../data/temporary.js';
import { expected, writeTinyNli } from './tiny-nli.js';

const { folder } = temporary();
const at = (name: string) => `${folder}/${name}`;
const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of opened) await each.close();
});
async function annotator(settings: object = {}) {
  const name = `nli${opened.length}`;
  const found = await openAnnotator([await writeTinyNli(at(name), { settings })]);
  opened.push(found);
  return { name, found };
}
const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
/** Six decimals of float32 logits. */
const near = (values: unknown, wanted: number[]) => {
  (values as number[]).forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i], 6);
    expect(value).toBe(rounded(value));
  });
  expect(values).toHaveLength(wanted.length);
};

describe('an entailment model', () => {
  it('reads passages against the question with the answer, and texts after the question in both directions', async () => {
    const { name, found } = await annotator();
    const record: Logged = {
      ...{ id: 'r', prompt: 'Which town', answer: 'Paris', context: ['It is Paris', 'It is London not Paris'] },
      samples: [{ answer: 'London' }, { answer: 'Paris' }, { answer: 'London' }],
    };
    const [{ entailments }] = await found.annotate([record]);
    const { passages, texts } = entailments?.[name] ?? {};
    const of = record.context?.map((passage) => expected(passage, 'which town paris')) ?? [];
    near(
      passages?.entails,
      of.map(({ entails }) => entails),
    );
    near(
      passages?.contradicts,
      of.map(({ contradicts }) => contradicts),
    );
    const all = ['paris', 'london', 'paris', 'london'];
    all.forEach((a, i) => {
      const row = all.map((b) => (a === b ? { entails: 1, contradicts: 0 } : expected(a, b)));
      near(
        texts?.entails?.[i],
        row.map(({ entails }) => entails),
      );
      near(
        texts?.contradicts?.[i],
        row.map(({ contradicts }) => contradicts),
      );
    });
    expect(record).not.toHaveProperty('entailments');
    checkRecord({ ...record, entailments });
  });

  it('computes each distinct ordered pair once, and counts', async () => {
    const { found } = await annotator();
    const samples = ['London', 'Paris', 'London'].map((answer) => ({ answer }));
    const record = { id: 'r', prompt: 'Which town', answer: 'Paris', samples };
    await found.annotate([record, { ...record, id: 's' }]);
    expect(found.counts()).toEqual({ asked: 4, computed: 2 });
    await found.annotate([{ ...record, prompt: 'Which' }]); // another question: other texts
    expect(found.counts()).toEqual({ asked: 6, computed: 4 });
  });

  it('says without a run that equal texts mean the same', async () => {
    const { name, found } = await annotator();
    const record: Logged = { id: 'r', answer: 'Paris', samples: [{ answer: 'Paris' }] };
    const [{ entailments }] = await found.annotate([record]);
    const texts = { entails: [1, 1], contradicts: [0, 0] };
    expect(entailments?.[name]).toEqual({
      texts: { entails: [texts.entails, texts.entails], contradicts: [texts.contradicts, texts.contradicts] },
    });
    expect(found.counts()).toEqual({ asked: 0, computed: 0 });
  });

  it('keeps what a record has under its name, and adds nothing where there is nothing to add', async () => {
    const { name, found } = await annotator();
    const passages = { entails: [0.25], contradicts: [0.5] };
    const record: Logged = { id: 'r', answer: 'Paris', context: ['London'], entailments: { [name]: { passages } } };
    const plain: Logged = { id: 'p', answer: 'Paris' };
    const none: Logged = { id: 'n', answer: null, finish: 'tool_calls', context: ['London'] };
    const all = [record, plain, none];
    const read = await found.annotate(all);
    read.forEach((each, i) => {
      expect(each).toBe(all[i]);
    });
    const [more] = await found.annotate([{ ...record, samples: [{ answer: 'London' }] }]);
    expect(more.entailments?.[name]).toMatchObject({ passages });
    expect(more.entailments?.[name]?.texts?.entails).toHaveLength(2);
    expect(found.counts()).toEqual({ asked: 2, computed: 2 });
  });

  it('reads a long passage in windows: the largest of each probability counts', async () => {
    const nli = await openNli(await writeTinyNli(at('windows')));
    opened.push(nli);
    // 16 tokens leave 13 for the pair: 1 for the answer, 12 for a window, which begins every 9 tokens
    const filler = (n: number) => Array.from({ length: n }, () => 'a').join(' ');
    const passage = `Paris Paris ${filler(20)} not not ${filler(7)}`;
    const { entails, contradicts } = await nli.entails('', { premise: passage, hypothesis: 'Paris', of: 'passage' });
    expect(entails).toBeCloseTo(expected('paris paris', 'paris').entails, 6);
    expect(contradicts).toBeCloseTo(expected('not not', 'paris').contradicts, 6);
    const whole = await nli.entails('', { premise: filler(12), hypothesis: 'Paris', of: 'passage' });
    expect(whole.entails).toBeCloseTo(expected('', 'paris').entails, 6);
  });

  it('cuts texts that are too long, and reads the end of a long question', async () => {
    const nli = await openNli(await writeTinyNli(at('long')));
    opened.push(nli);
    const filler = Array.from({ length: 20 }, () => 'a').join(' ');
    const cut = await nli.entails('', { premise: `${filler} not`, hypothesis: 'London', of: 'text' });
    expect(cut.contradicts).toBeCloseTo(expected('', 'london').contradicts, 6);
    // 16 characters of a question: "a a a a is Paris" of a longer one
    const asked = await nli.entails(`not ${filler} is Paris`, { premise: 'London', hypothesis: 'a', of: 'passage' });
    expect(asked.entails).toBeCloseTo(expected('london', 'paris').entails, 6);
  });

  it('reads its labels in the order that encoder.json gives', async () => {
    const nli = await openNli(
      await writeTinyNli(at('order'), { settings: { labels: ['entailment', 'neutral', 'contradiction'] } }),
    );
    opened.push(nli);
    const { entails, contradicts } = await nli.entails('', { premise: 'not', hypothesis: 'a', of: 'text' });
    const given = expected('not', 'a');
    expect(entails).toBeCloseTo(given.contradicts, 6);
    expect(contradicts).toBeCloseTo(1 - given.contradicts - given.entails, 6);
  });
});

it('windows cover every token, the last one ends at the end', () => {
  expect(windowsOf(12, 12)).toEqual([0]);
  expect(windowsOf(13, 12)).toEqual([0, 1]);
  expect(windowsOf(31, 12)).toEqual([0, 9, 18, 19]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 60 }), (length, size) => {
      const starts = windowsOf(length, size);
      const covered = new Set<number>();
      for (const from of starts) for (let i = from; i < Math.min(length, from + size); i++) covered.add(i);
      expect(covered.size).toBe(length);
      expect(starts.every((from) => from === 0 || from + size <= length)).toBe(true);
      expect(new Set(starts).size).toBe(starts.length);
    }),
  );
});

describe('refuses', () => {
  it.each([
    [{ labels: ['entailment', 'neutral'] }, 'labels'],
    [{ labels: ['entailment', 'contradiction', 'entailment'] }, 'labels'],
    [{ labels: ['entailment', 'contradiction', 'maybe'] }, 'labels.2'],
    [{ maxTokens: 4 }, 'maxTokens'],
    [{ pooling: 'mean' }, ''],
  ])('wrong settings: %j', async (settings, field) => {
    const error = await errorOf(openAnnotator([await writeTinyNli(at('bad'), { settings })]));
    expect([error.code, error.field]).toEqual(['ENCODER_BAD', field]);
  });

  it('a graph that gives another number of logits', async () => {
    const error = await errorOf(openNli(await writeTinyNli(at('two'), { outputs: 2 })));
    expect(error).toMatchObject({ code: 'ENCODER_BAD', expected: 'an output [texts, 3], float32' });
  });

  it('a folder without its files, and two models of one name', async () => {
    expect(await errorOf(openNli(at('none')))).toMatchObject({ code: 'FILE_MISSING' });
    const dir = await writeTinyNli(at('twice'));
    expect(await errorOf(openAnnotator([dir, dir]))).toMatchObject({ code: 'BAD_USAGE', got: 'twice' });
  });
});
