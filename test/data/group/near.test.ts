import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMaker } from '../../../data/group/maker.js';
import { nearKey } from '../../../data/group/near-key.js';
import { plainQuestion } from '../../../data/group/plain-question.js';
import { groupingWords } from '../../../data/group/words.js';
import type { AnswerRecord } from '../../../data/record.js';

type Row = Partial<AnswerRecord>;

function grouped(rows: readonly Row[], groupBy?: string, mergeNear?: boolean) {
  const maker = groupMaker(groupBy, mergeNear);
  rows.forEach((fields, i) => {
    maker.add({ id: `r${i}`, answer: `It is ${i}.`, ...fields } as AnswerRecord);
  });
  return maker.finish();
}

/** The group of every row as the place of the group's first row. */
function parts(rows: readonly Row[], groupBy?: string, mergeNear?: boolean): number[] {
  const { groups } = grouped(rows, groupBy, mergeNear);
  return groups.map((group) => groups.indexOf(group));
}

const capital = 'What is the capital of France?';
const polite = [
  `Please: ${capital}`,
  `${capital} Thanks.`,
  `Hi! ${capital}`,
  `Hello there, ${capital} Thank you very much in advance!`,
  `please ${capital.toLowerCase()}`,
  `Could you please tell me: ${capital}`,
  `Question: ${capital}\nAnswer:`,
  'what is the capital of france',
  'WHAT IS THE CAPITAL OF FRANCE??',
  `Good morning. Quick question: ${capital} Cheers`,
  `What is the capital of "France"?`,
];

describe('nearKey', () => {
  it('is the same whatever the greeting, politeness, case and punctuation', () => {
    for (const text of polite) expect(nearKey(text), text).toBe('what is the capital of france');
    expect(nearKey("Don't the U.S. Virgin Islands have 100,000 people?")).toBe(
      'dont the us virgin islands have 100000 people',
    );
    expect(nearKey('请问法国的首都是哪里？谢谢！')).toBe(nearKey('法国的首都是哪里'));
    expect(nearKey('Bitte: Was ist die Hauptstadt von Peru? Vielen Dank!')).toBe('was ist die hauptstadt von peru');
    expect(nearKey('Hola, ¿cuál es la capital de Perú? Gracias.')).toBe('cuál es la capital de perú');
  });

  it('keeps numbers, signs, names and rare words apart', () => {
    const different = [
      ...['What is 7 times 9?', 'What is 7 times 8?', 'What is 7 + 9?', 'What is 7 - 9?', 'What is 7 * 9?'],
      ...['What is 1.5?', 'What is 15?', 'What is -15?', 'What is 1 5?', 'What is 1/5?', 'Is 5 < 7?', 'Is 5 > 7?'],
      ...['Is 7 larger than 5?', 'Is 5 larger than 7?', 'What is C?', 'What is C++?', 'What is C#?'],
      ...['Who wrote Faust?', 'Who read Faust?', 'What is the capital of Niger?', 'What is the capital of Nigeria?'],
    ];
    expect(new Set(different.map(nearKey)).size).toBe(different.length);
  });

  it('takes politeness off the end, after a sign or bare, in ASCII and beyond', () => {
    const asked = 'What is 7 times 9';
    const ends = [
      ' please',
      ' PLEASE!',
      ', thanks a lot...',
      ' thank you very much',
      '\nAnswer: ',
      '. Have a nice day!',
    ];
    const beyond = [' s’il vous plaît', ", s'il vous plait", '. Danke schön!', '，谢谢。', '! Спасибо', ' thanks 🙏'];
    for (const end of [...ends, ...beyond]) expect(nearKey(asked + end), end).toBe('what is 7 times 9');
  });

  it('leaves politeness that is asked about', () => {
    expect(plainQuestion('How do you say please?')).toBe('How do you say please?');
    expect(plainQuestion('What is the French word for thanks?')).toBe('What is the French word for thanks?');
    expect(plainQuestion('Hello in Japanese is what?')).toBe('Hello in Japanese is what?');
    expect(plainQuestion('Please.')).toBe('Please.');
    expect(plainQuestion('Thanks!')).toBe('Thanks!');
    expect(plainQuestion('Is it said "thanks"')).toBe('Is it said "thanks"');
    expect(plainQuestion('What is 7 plus please2')).toBe('What is 7 plus please2');
  });

  it('is not changed by framing any question once more, and ends soon on a long one', () => {
    const question = fc.stringMatching(/^[A-Z][a-z]{2,9} [a-z]{3,9} [0-9]{1,3}$/);
    fc.assert(
      fc.property(question, fc.constantFrom('Please: ', 'Hi, ', 'Please tell me: '), (text, before) => {
        expect(nearKey(`${before}${text}? Thanks.`)).toBe(nearKey(text));
      }),
    );
    const started = performance.now();
    nearKey('please hi, thanks. '.repeat(20_000));
    nearKey(' '.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('groups that ask nearly the same', () => {
  it('are one, with and without names, by the question alone', () => {
    expect(new Set(parts([{ prompt: capital }, ...polite.map((prompt) => ({ prompt }))]))).toEqual(new Set([0]));
    const named = [capital, ...polite].map((prompt, i) => ({ prompt, group: `g${i}`, label: i % 2, model: `m${i}` }));
    expect(new Set(parts(named))).toEqual(new Set([0]));
    const { made, rules } = grouped(named);
    expect(made).toEqual({ field: 0, group: 0, conversation: 0, beginning: 0, turns: 0, row: 0, near: 1 });
    expect(rules[3]).toBe('near');
    expect(groupingWords({ field: null, made })).toBe(
      'Questions: 1 merged from groups that differ only in greetings, politeness, case or punctuation.',
    );
  });

  it('are not those with other numbers, names, contexts or instructions', () => {
    const ask = (prompt: string, fields: Row = {}) => ({ prompt, ...fields });
    expect(parts([ask('What is 7 times 9?'), ask('Please: what is 7 times 8?')])).toEqual([0, 1]);
    expect(parts([ask(capital, { group: 'a' }), ask('What is the capital of Peru? Thanks.', { group: 'b' })])).toEqual([
      0, 1,
    ]);
    const story = (context: string, group: string) => ask('Whose shirt is yellow?', { context: [context], group });
    expect(parts([story('Ann wears yellow.', 'a'), story('Bo wears yellow.', 'b')])).toEqual([0, 1]);
    const turn = { role: 'user', content: 'The weather in Paris is nice.' } as const;
    const told = (to: string, group: string): Row => ({
      messages: [{ role: 'system', content: `Translate into ${to}.` }, turn],
      group,
    });
    expect(parts([told('German', 'a'), told('French', 'b')])).toEqual([0, 1]);
    expect(parts([ask('Go on', { group: 'a' }), ask('Go on, please', { group: 'b' })])).toEqual([0, 1]);
  });

  it('form no chains: each group holds a question of the first', () => {
    const rows: Row[] = [
      { prompt: 'Who wrote Faust?', group: 'a' },
      { prompt: 'Please: who wrote Faust?', group: 'b' },
      { prompt: 'Who read Hamlet?', group: 'b' },
      { prompt: 'Who read Hamlet? Thanks.', group: 'c' },
      { prompt: 'Who staged Carmen?', group: 'c' },
      { prompt: 'Hi, who staged Carmen?', group: 'd' },
    ];
    expect(parts(rows)).toEqual([0, 0, 0, 3, 3, 3]);
  });

  it('stay apart by --group-by, and are reported, unless asked otherwise', () => {
    const rows: Row[] = [capital, ...polite.slice(0, 2)].map((prompt, i) => ({ prompt, features: { q: `q${i}` } }));
    expect(parts(rows, 'features.q')).toEqual([0, 1, 2]);
    expect(grouped(rows, 'features.q').notes).toEqual([
      '2 groups by features.q ask the same as another except for greetings, politeness, case or ' +
        'punctuation, and stay ' +
        'separate. If one is in the fit part and the other in the certify part, quality and promises ' +
        'look better than ' +
        'they are. To merge such groups add --merge-near',
    ]);
    expect(parts(rows, 'features.q', true)).toEqual([0, 0, 0]);
    expect(grouped(rows, 'features.q', true).notes).toEqual([]);
  });

  it('join what the order of the answers does not change', () => {
    const rows: Row[] = [...polite, 'Who wrote Faust?', 'Hi, who wrote Faust'].map((prompt, i) => ({
      prompt,
      group: `g${i}`,
    }));
    const back = parts([...rows].reverse()).map((first) => rows.length - 1 - first);
    expect(new Set(back).size).toBe(new Set(parts(rows)).size);
  });
});
