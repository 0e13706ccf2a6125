import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../../data/read/answers.js';
import { random } from '../../../../support/random.js';
import { nearQuestions } from '../../../../train/examine/suspect/near-questions.js';
import { printCollector } from '../../../../train/examine/suspect/prints.js';
import { printsOf } from './records.js';

type Asked = { prompt: string; context?: string[] };

/** Near-duplicates when each question is a group of its own. */
function near(questions: (string | Asked)[], partOf = (_row: number) => 0) {
  const prints = printsOf(questions.map((asked) => (typeof asked === 'string' ? { prompt: asked } : asked)));
  return nearQuestions(
    prints,
    Int32Array.from({ length: questions.length }, (_, i) => i),
    partOf,
    10_000,
  );
}

const long =
  'In which year did the company that built the bridge over the river near the old mill open its first office';

describe('near-duplicate questions across groups', () => {
  it.each([
    ['case, accents, punctuation', 'Who was the first president of México?', 'who was the first president of mexico'],
    ['a word more in a long question', `${long}?`, `${long}, please?`],
    ['an article dropped', `${long}?`, `${long.replace('the old mill', 'old mill')}?`],
  ])('%s: found', (_, a, b) => {
    expect(near([a, 'Something else entirely is asked here?', b])).toMatchObject({ groups: 2, sets: 1 });
  });

  it.each([
    ['a number', 'What is 6 times 2?', 'What is 6 times 3?'],
    ['a number word', `${long} and seven more?`, `${long} and eight more?`],
    ['a sign', '3 + 4 = ?', '3 * 4 = ?'],
    ['the order of a difference', '8 - 3 = ?', '3 - 8 = ?'],
    ['a name', `${long} in Oslo?`, `${long} in Bergen?`],
    ['a quoted word', `${long} called "kangaroo"?`, `${long} called "carrot"?`],
    ['too little alike', 'Is a whale a fish?', 'Is a whale a mammal?'],
    [
      'a number of the context',
      { prompt: 'How many?', context: ['They keep 3 cats.'] },
      { prompt: 'How many?', context: ['They keep 4 cats.'] },
    ],
    [
      'the context',
      { prompt: `${long}?`, context: ['one passage about mills'] },
      { prompt: `${long}?`, context: ['what another wrote of bridges'] },
    ],
    ['a context or none', { prompt: `${long}?`, context: ['one passage about mills'] }, `${long}?`],
  ] as [string, string | Asked, string | Asked][])('%s decides: two questions', (_, a, b) => {
    expect(near([a, b])).toMatchObject({ groups: 0, pairs: [] });
  });

  it('the same question in two groups is found, in one group it is not', () => {
    const prints = printsOf([{ prompt: `${long}?` }, { prompt: `${long}?` }, { prompt: `${long}?` }]);
    expect(nearQuestions(prints, Int32Array.of(0, 0, 1), () => 0, 9)).toMatchObject({ groups: 2, sets: 1 });
    expect(nearQuestions(prints, Int32Array.of(0, 0, 0), () => 0, 9).groups).toBe(0);
  });

  it('counts the groups of certify that have their double in fit', () => {
    const questions = [
      `${long}?`,
      `${long}!`,
      'Why is the sky of a clear day blue to us?',
      'why is the sky of a clear day blue to us',
    ];
    expect(near(questions, (row) => (row === 1 ? 1 : 0)).straddling).toBe(1);
    expect(near(questions, (row) => (row >= 2 ? 1 : 0)).straddling).toBe(0);
    // parts that all judge, as folds do: each of the two pairs was judged with the other trained on
    expect(near(questions, (row) => 1 + row).straddling).toBe(4);
    expect(near(questions).sets).toBe(2);
  });

  it('templates do not flood: 400 questions from one lower-case template of 15 words are 400 questions', () => {
    const draw = random('template');
    const noun = () => `thing${draw.int(1e9).toString(36).replace(/\d/g, 'z')}`;
    const questions = Array.from(
      { length: 400 },
      () => `is the following statement true or false, and please give only one word: a ${noun()} is a ${noun()}`,
    );
    expect(near(questions).groups).toBeLessThanOrEqual(4);
  });

  it('finds at least 95% of 300 doubles (J about .85) among 3,000 questions, and pairs nothing else', () => {
    const draw = random('doubles');
    const words = Array.from({ length: 3000 }, () => `w${draw.int(1e9).toString(36).replace(/\d/g, 'z')}`);
    const question = () => Array.from({ length: 18 }, () => words[Math.floor(words.length * draw.next() ** 2)]);
    const originals = Array.from({ length: 2700 }, question);
    const doubles = originals.slice(0, 300).map((asked) => [...asked, 'now']);
    const { pairs } = near([...originals, ...doubles].map((asked) => asked.join(' ')));
    const right = pairs.filter(({ a, b }) => Math.max(a, b) - 2700 === Math.min(a, b));
    expect(right.length).toBeGreaterThanOrEqual(285);
    expect(pairs.length).toBe(right.length);
  });

  it('shipped answers, made from templates: no group asks nearly the same as another', async () => {
    for (const file of ['examples/smollm2.jsonl.gz', 'examples/gemma.jsonl.gz']) {
      const collector = printCollector();
      const groups = new Map<string, number>();
      const group: number[] = [];
      for await (const { records } of readAnswers([file], {})) {
        for (const record of records) {
          collector.add(record);
          if (!groups.has(record.group!)) groups.set(record.group!, groups.size);
          group.push(groups.get(record.group!)!);
        }
      }
      expect(nearQuestions(collector.finish(), Int32Array.from(group), () => 0, 9).groups).toBe(0);
    }
  });

  it('finds polite copies of short questions', () => {
    for (const copy of ['Please: who wrote Faust?', 'Who wrote Faust? Thanks.', 'Hi! Who wrote Faust?'])
      expect(near(['Who wrote Faust?', copy]).groups, copy).toBe(2);
    expect(near(['What is 7 times 9?', 'Please: what is 7 times 8?']).groups).toBe(0);
  });
});
