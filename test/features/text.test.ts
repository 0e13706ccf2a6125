import { describe, expect, it } from 'vitest';
import { signalsOf } from './signals-of.js';

const ln = Math.log;

describe('text signals, worked by hand', () => {
  const signals = signalsOf({
    prompt: 'Which country won the 1966 World Cup?',
    answer: 'England won the 1966 World Cup, beating West Germany 4-2.',
    context: ['England beat West Germany in the final of the 1966 World Cup.', 'It was 4-2 after extra time.'],
    facts: ['The user likes England.'],
    finish: 'stop',
  });
  const close = (name: string, value: number) => expect(signals[name], name).toBeCloseTo(value, 12);

  it('lengths and form', () => {
    close('text.words', ln(12)); // England won the 1966 World Cup beating West Germany 4 2
    close('text.chars', ln(58));
    close('text.sentences', ln(2));
    close('text.commas', ln(2));
    close('text.endsSentence', 1);
    close('text.isShort', 0);
    close('text.isTruncated', 0);
    close('text.isEmpty', 0);
    close('text.numbers', ln(4)); // 1966, 4, 2
    close('text.names', ln(6)); // England, World, Cup, West, Germany
    close('text.digitShare', 6 / 45); // 39 letters, 6 digits
    close('text.upperShare', 5 / 39);
    close('text.wordLength', 45 / 11);
    close('text.longestWord', 7); // England, beating, Germany
    close('text.digits', ln(7));
    close('text.repeatedWords', 0);
    expect(signals['text.saysYes']).toBeNaN();
  });

  it('overlap with the prompt', () => {
    // content words: England, won, 1966, World, Cup, beating, West, Germany, 4, 2; of them won, 1966, World, Cup in the prompt
    close('text.contentWords', ln(11));
    close('text.promptContainment', 4 / 10);
    close('text.freshWords', ln(7));
    // 11 distinct words in the answer, 7 in the prompt, 5 (won the 1966 World Cup) in both
    close('text.promptJaccard', 5 / 13);
    close('text.promptRun', ln(6));
    close('text.promptRunShare', 5 / 11);
    close('text.lengthRatio', ln(12 / 8));
  });

  it('question form', () => {
    close('text.asksPlace', 1);
    close('text.asksPerson', 0);
    close('text.formFits', 1);
    close('text.promptNumbers', ln(2));
    close('text.promptDigits', ln(5));
    close('text.promptLongestWord', 7); // country
    close('text.promptWordLength', 30 / 7);
    close('text.promptNames', 2 / 7); // World, Cup; Which is a function word
  });

  it('cues of the question', () => {
    const cued = signalsOf({
      prompt: 'In 1966 or 3012, who was not the first man of the team that won the largest cup?',
      answer: 'No, it was 11.',
    });
    expect(cued['text.promptYears']).toBeCloseTo(ln(2), 12); // 1966
    expect(cued['text.promptRanks']).toBeCloseTo(ln(3), 12); // first, largest
    expect(cued['text.promptLinks']).toBeCloseTo(ln(5), 12); // or, who, was, of
    // 18 words; all but 1966, 3012, first, man, team, won, largest, cup are function words
    expect(cued['text.promptStops']).toBeCloseTo(10 / 18, 12);
    expect(cued['text.affirmsNegation']).toBe(-1);
    expect(signalsOf({ prompt: 'Is it not so?', answer: 'Yes' })['text.affirmsNegation']).toBe(1);
    expect(signalsOf({ prompt: 'Is it so?', answer: 'Yes' })['text.affirmsNegation']).toBe(0);
    expect(signalsOf({ prompt: 'Is it so?', answer: 'Oslo' })['text.affirmsNegation']).toBeNaN();
  });

  it('grounding', () => {
    // in the context: England, 1966, World, Cup, West, Germany, 4, 2
    close('text.contextContainment', 8 / 10);
    // fresh: England, beating, West, Germany, 4, 2; all but beating there
    close('text.contextFresh', 5 / 6);
    close('text.contextNumbers', 1);
    close('text.contextNames', 1);
    close('text.contextRun', ln(5)); // the 1966 World Cup
    close('text.contextRunShare', 4 / 11);
    close('text.promptInContext', 3 / 5); // country, won, 1966, World, Cup
    close('text.runNearQuestion', 3 / 5);
    close('text.factsContainment', 1 / 10);
    close('text.unseenNumbers', 0);
    close('text.unseenNames', 0);
  });

  it('names and numbers from nowhere', () => {
    const made = signalsOf({
      prompt: 'Who won in 1966?',
      answer: 'Brazil won 7 to 1, as Pele said in 1966.',
      context: ['England won.'],
    });
    expect(made['text.unseenNumbers']).toBeCloseTo(ln(3), 12); // 7, 1
    expect(made['text.unseenNames']).toBeCloseTo(ln(3), 12); // Brazil, Pele
    expect(made['text.formFits']).toBe(1);
  });

  it('phrases', () => {
    const hedged = signalsOf({ answer: "I think it might be Rome, but I'm not sure. Wait, is it not Milan?" });
    expect(hedged['text.hedges']).toBeCloseTo(ln(4), 12);
    expect(hedged['text.corrections']).toBeCloseTo(ln(2), 12);
    expect(hedged['text.negations']).toBeCloseTo(ln(3), 12);
    expect(hedged['text.asksBack']).toBeCloseTo(ln(2), 12);
    expect(signalsOf({ answer: 'I’m sorry, but I couldn’t find it' })['text.refusals']).toBeCloseTo(ln(4), 12);
    expect(signalsOf({ answer: 'so so so so' })['text.repeatedTriples']).toBe(0.5);
    expect(signalsOf({ answer: 'so so so so' })['text.repeatedWords']).toBe(0.75);
    expect(signalsOf({ answer: 'x', finish: 'length' })['text.isTruncated']).toBe(1);
  });

  it('an empty answer has a row of numbers', () => {
    const empty = signalsOf({ prompt: 'Who?', answer: '' });
    expect(empty['text.isEmpty']).toBe(1);
    expect(empty['text.words']).toBe(0);
    expect(empty['text.promptContainment']).toBeNaN();
  });

  it('messages stand for the prompt', () => {
    const messages = [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Hi' },
      { role: 'user', content: 'How many legs has a spider?' },
    ];
    expect(signalsOf({ messages, answer: '8' })['text.asksNumber']).toBe(1);
    expect(signalsOf({ messages, answer: '8' })['text.formFits']).toBe(1);
  });
});

describe('reasoning signals', () => {
  const signals = signalsOf({
    prompt: 'What is 12 times 3?',
    reasoning: '12 times 3 is 34. Wait, no: 12 times 3 is 36. Perhaps 36?',
    answer: 'The answer is 36.',
  });
  const close = (name: string, value: number) => expect(signals[name], name).toBeCloseTo(value, 12);

  it('counts what it says and where it ends', () => {
    close('reasoning.words', ln(15)); // 14 words
    close('reasoning.hedges', ln(1 + 100 / 14));
    close('reasoning.corrections', ln(2));
    close('reasoning.correctionRate', ln(1 + 100 / 14));
    close('reasoning.questions', ln(2));
    close('reasoning.negations', ln(1 + 100 / 14));
    close('reasoning.unseenNumbers', ln(3)); // 34, 36
    close('reasoning.unseenNames', 0 + ln(3)); // Wait, Perhaps
    close('reasoning.containment', 1);
    close('reasoning.concludes', 1);
  });

  it('holds its end against the answer', () => {
    close('reasoning.ends', 1); // 36
    close('reasoning.first', 11 / 14); // 36 is the twelfth word
    close('reasoning.lines', 0);
    const sides = (reasoning: string, answer: string) => signalsOf({ reasoning, answer })['reasoning.sides'];
    expect(sides('It has wings. So the claim is true.', 'Yes')).toBe(1);
    expect(sides('So the claim is not true.', 'Yes')).toBe(0);
    expect(sides('So the claim is false.', 'No.')).toBe(1);
    expect(sides('It has wings.', 'No.')).toBeNaN();
    expect(sides(`Yes. ${'so it goes '.repeat(14)}`, 'Yes')).toBeNaN(); // 42 words before the end
    expect(signalsOf({ reasoning: '…', answer: 'Rome' })['reasoning.ends']).toBe(0); // no word of an answer before
    const late = signalsOf({ reasoning: `Oslo${' and so on'.repeat(20)}\nIt is Rome`, answer: 'Oslo or Rome' });
    expect(late['reasoning.ends']).toBe(0.5);
    expect(late['reasoning.first']).toBe(0);
    expect(late['reasoning.lines']).toBeCloseTo(ln(2), 12);
  });

  it('is missing without reasoning', () => {
    expect(signalsOf({ answer: 'x' })['reasoning.words']).toBeNaN();
    expect(signalsOf({ answer: 'x', reasoning: '' })['reasoning.words']).toBeNaN();
  });
});
