import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import { random } from '../../../support/random.js';
import { askedOf } from '../../../train/tune/asked.js';
import { chooseRows } from '../../../train/tune/choose-rows.js';
import { type Graded, type GradedHow, gradedAnswer } from '../../../train/tune/graded.js';
import { knownOrNot } from '../../../train/tune/kinds/idk.js';
import { pairsOf } from '../../../train/tune/kinds/preferences.js';
import { probeOf } from '../../../train/tune/kinds/ptrue.js';
import { partsOf } from '../../../train/tune/parts.js';
import type { Example } from '../../../train/tune/results.js';

const record: AnswerRecord = {
  ...{ id: 'a', group: 'q', model: 'm', task: 't', prompt: 'What is the capital of Australia?' },
  ...{ answer: 'Sydney', reference: ['Canberra'], context: ['Canberra lies inland.', 'Sydney is the largest city.'] },
  ...{ decoding: { temperature: 0 }, labels: [{ value: 0, source: 'human' }] },
};
const how: GradedHow = { anyTemperature: false, samples: false, corrections: 'correction' };
const gradedIn = (given: Partial<AnswerRecord>, more: Partial<GradedHow> = {}) => {
  const all = { ...record, ...given };
  return gradedAnswer(all, askedOf(all), { ...how, ...more });
};
const graded = (given: Partial<Graded>): Graded => ({
  ...{ id: 'x', group: 'g', model: 'm', task: 't', turns: [{ role: 'user', content: 'Which?' }], text: 'Which?' },
  ...{ answer: 'this', right: true, conflicts: false, correction: null },
  ...given,
});

describe('askedOf', () => {
  it('shows the prompt with its passages, as they are sent, and never the references', () => {
    const text =
      'Context:\n[1] Canberra lies inland.\n[2] Sydney is the largest city.\n\nWhat is the capital of Australia?';
    expect(askedOf(record)).toEqual({ turns: [{ role: 'user', content: text }], text });
    expect(JSON.stringify(askedOf({ ...record, context: null, reference: ['XYZ'] }))).not.toContain('XYZ');
  });

  it('keeps the turns of a conversation, and drops the answer where it was logged as the last one', () => {
    const messages = [
      { role: 'developer', content: 'Be short.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'Capital?' },
      { role: 'assistant', content: ' Sydney ' },
    ];
    expect(askedOf({ ...record, context: null, messages })).toEqual({
      turns: [{ role: 'system', content: 'Be short.' }, ...messages.slice(1, 4)],
      text: 'user: Hi\nassistant: Hello\nuser: Capital?',
    });
  });

  it('says why a question cannot be shown', () => {
    expect(askedOf({ ...record, prompt: null })).toEqual({ why: 'no question' });
    expect(askedOf({ ...record, prompt: '  ' })).toEqual({ why: 'no question' });
    const tool = [
      { role: 'user', content: 'Look.' },
      { role: 'tool', content: '{}' },
    ];
    expect(askedOf({ ...record, messages: tool })).toEqual({ why: 'media or tool turns' });
    const image = [{ role: 'user', content: 'Look.', media: ['a.png'] }];
    expect(askedOf({ ...record, messages: image })).toEqual({ why: 'media or tool turns' });
  });
});

describe('gradedAnswer', () => {
  it('leaves answers out by the first reason that applies', () => {
    const why = (given: Partial<AnswerRecord>, more?: Partial<GradedHow>) => gradedIn(given, more);
    expect(why({ labels: [] })).toEqual({ id: 'a', why: 'no label' });
    expect(why({ labels: [{ value: 0.5 }] })).toEqual({ id: 'a', why: 'soft label' });
    expect(why({}, { answersOf: 'other' })).toEqual({ id: 'a', why: 'another model' });
    expect(why({ decoding: { temperature: 0.7 } })).toEqual({ id: 'a', why: 'not temperature 0' });
    expect(why({ decoding: null })).toEqual({ id: 'a', why: 'temperature not recorded' });
    expect(why({ decoding: null }, { anyTemperature: true })).toMatchObject({ answer: 'Sydney', right: false });
    expect(why({ answer: ' \n' })).toEqual({ id: 'a', why: 'empty answer' });
    expect(why({ decoding: { temperature: '0' } })).toMatchObject({ right: false, model: 'm', task: 't' });
  });

  it('sees a passage that contradicts the answer, from one half on, and the correction in its field', () => {
    const at = (contradicts: number[]) => ({ entailments: { nli: { passages: { contradicts } } } });
    expect(gradedIn(at([0.1, 0.49]))).toMatchObject({ conflicts: false, correction: null });
    expect(gradedIn(at([0.1, 0.5]))).toMatchObject({ conflicts: true });
    expect(gradedIn({ correction: 'Canberra' } as object)).toMatchObject({ correction: 'Canberra' });
    expect(gradedIn({}, { corrections: 'reference' })).toMatchObject({ correction: 'Canberra' });
  });
});

describe('rows', () => {
  it('P(True): asks whether the answer is right, and has the word as the target', () => {
    const content = 'Question: Which?\nProposed answer: this\nIs the proposed answer right? Reply True or False.';
    const row = probeOf(graded({}), false);
    expect([row.prompt, row.target]).toEqual([[{ role: 'user', content }], { completion: 'True' }]);
    const shown = probeOf(graded({ right: false }), true);
    expect(shown.target).toEqual({ completion: 'False' });
    expect(shown.prompt.length).toBe(13); // six examples before it
    expect(shown.prompt.at(-1)).toEqual({ role: 'user', content });
  });

  it("I don't know: keeps what is right, and abstains where it is wrong or the context contradicts it", () => {
    const target = (given: Partial<Graded>) => knownOrNot(graded(given), 'No idea.').target;
    expect(target({})).toEqual({ completion: 'this' });
    expect(target({ right: false })).toEqual({ completion: 'No idea.' });
    expect(target({ conflicts: true })).toEqual({ completion: 'No idea.' });
  });

  it('preferences: right before wrong, each text once before one is used twice', () => {
    const answers = [
      graded({ id: '1', answer: 'right' }),
      graded({ id: '2', answer: 'wrong', right: false }),
      graded({ id: '3', answer: 'off', right: false }),
      graded({ id: '4', answer: ' off', right: false }),
    ];
    const { examples, leftOut } = pairsOf(answers, random(1));
    expect(
      examples.map(({ target }) => target).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    ).toEqual([
      { chosen: 'right', rejected: 'off' },
      { chosen: 'right', rejected: 'wrong' },
    ]);
    expect(leftOut).toEqual([]);
    expect(examples.every(({ id }) => id === '1')).toBe(true);
  });

  it('preferences: at most four pairs of one prompt', () => {
    const many = Array.from({ length: 9 }, (_, i) => graded({ id: `${i}`, answer: `w${i}`, right: i === 0 }));
    expect(pairsOf(many, random(1)).examples.length).toBe(4);
  });

  it('preferences: a correction is preferred to the answer that it corrects; without one there is no pair', () => {
    const wrong = graded({ answer: 'Sydney', right: false, correction: 'Canberra' });
    const [row] = pairsOf([wrong], random(1)).examples;
    expect(row).toMatchObject({ label: 'correction', target: { chosen: 'Canberra', rejected: 'Sydney' } });
    const other = graded({ id: 'y', turns: [{ role: 'user', content: 'Another?' }], right: false });
    expect(pairsOf([graded({}), other], random(1))).toEqual({
      examples: [],
      leftOut: [
        { id: 'x', why: 'no answer to pair with' },
        { id: 'y', why: 'no answer to pair with' },
      ],
    });
  });

  it('preferences: a text that is right in one place and wrong in another is in no pair', () => {
    const answers = [
      graded({ id: '1', answer: 'A' }),
      graded({ id: '2', answer: 'A ', right: false }),
      graded({ id: '3', answer: 'B', right: false }),
    ];
    expect(pairsOf(answers, random(1))).toEqual({
      examples: [],
      leftOut: [
        { id: '1', why: 'graded right and wrong' },
        { id: '2', why: 'graded right and wrong' },
        { id: '3', why: 'no answer to pair with' },
      ],
    });
  });
});

describe('partsOf', () => {
  it('gives a tenth of the questions to each small part, whatever their order', () => {
    const names = Array.from({ length: 47 }, (_, i) => `q${i}`);
    const parts = partsOf(names, random('s'));
    const count = (part: string) => [...parts.values()].filter((each) => each === part).length;
    expect([count('train'), count('validation'), count('test')]).toEqual([37, 5, 5]);
    const back = partsOf([...names].reverse(), random('s'));
    for (const name of names) expect(back.get(name)).toBe(parts.get(name));
  });

  it('refuses fewer than ten questions', () => {
    const nine = Array.from({ length: 9 }, (_, i) => `q${i}`);
    expect(() => partsOf(nine, random(1))).toThrow(/at least 10 questions, got 9.*VOUCH_TOO_FEW_LABELS/);
    expect(new Set(partsOf([...nine, 'q9'], random(1)).values()).size).toBe(3);
  });
});

describe('chooseRows', () => {
  const rows: Example[] = Array.from({ length: 90 }, (_, i) => ({
    ...{ id: `${i}`, group: `q${Math.floor(i / 3)}`, model: i % 2 === 0 ? 'a' : 'b', task: 't' },
    label: i % 5 === 0 ? 'right' : 'wrong',
    prompt: [{ role: 'user', content: `${i}` }],
    target: { completion: 'x' },
  }));
  const part = partsOf([...new Set(rows.map(({ group }) => group))], random('p'));
  const all = ({ parts }: ReturnType<typeof chooseRows>) => Object.values(parts).flat();

  it('puts all rows of a question into its part, and drops none if there is room', () => {
    const chosen = chooseRows(rows, part, { rows: 90, balance: false, random: random(1) });
    expect(all(chosen).length).toBe(90);
    for (const [name, own] of Object.entries(chosen.parts))
      for (const { group } of own) expect(part.get(group)).toBe(name);
  });

  it('balances right and wrong rows in each part, task and model, and says which are left out', () => {
    const chosen = chooseRows(rows, part, { rows: 90, balance: true, random: random(1) });
    for (const own of Object.values(chosen.parts))
      for (const model of ['a', 'b']) {
        const labels = own.filter((row) => row.model === model).map(({ label }) => label);
        expect(labels.filter((label) => label === 'right').length * 2).toBe(labels.length);
      }
    expect(all(chosen).length).toBeGreaterThan(20);
    expect(chosen.leftOut.length).toBe(90 - all(chosen).length);
    expect(chosen.leftOut.every(({ why }) => why === 'balance')).toBe(true);
  });

  it('draws whole questions up to the number of rows, in the proportion of the parts', () => {
    const chosen = chooseRows(rows, part, { rows: 30, balance: false, random: random(1) });
    expect(Object.values(chosen.parts).map(({ length }) => length)).toEqual([24, 3, 3]);
    for (const group of new Set(all(chosen).map((row) => row.group)))
      expect(all(chosen).filter((row) => row.group === group).length).toBe(3);
    expect(chosen.leftOut).toHaveLength(60);
  });

  it('leaves repeated rows out', () => {
    const again = { ...rows[0], id: 'again' };
    const chosen = chooseRows([...rows, again], part, { rows: 99, balance: false, random: random(1) });
    expect(chosen.leftOut).toEqual([{ id: 'again', why: 'same row as another' }]);
  });
});
