import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signalsOf } from './signals-of.js';

const ln = Math.log;
const sampled = (answers: string[], more: object = {}) => answers.map((answer) => ({ answer, ...more }));

describe('agreement with samples, worked by hand', () => {
  const prompt = 'Who was the first man on the Moon?';
  const signals = signalsOf({
    prompt,
    answer: 'Neil Armstrong',
    samples: sampled(['The first man on the Moon was Neil Armstrong.', 'Armstrong', 'Yuri Gagarin', 'neil armstrong!']),
  });
  const close = (name: string, value: number) => expect(signals[name], name).toBeCloseTo(value, 12);

  it('compares short answers with sentences', () => {
    close('samples.count', ln(5));
    close('samples.agree', 3 / 4);
    close('samples.agreeHeads', 3 / 4);
    close('samples.agreeMost', 1);
    close('samples.agreeLeast', 0);
    close('samples.agreeShare', 3 / 4);
    close('samples.agreeShare.logit', ln(3.5 / 1.5));
    close('samples.agreeExact', 1 / 4);
    close('samples.holdNames', 3 / 4);
    close('samples.holdFresh', 3 / 4);
    // names: {neil, armstrong} against itself, {armstrong}, {yuri, gagarin}, itself
    close('samples.f1Names', (1 + 2 / 3 + 0 + 1) / 4);
    // all words: 9 with the, first, man, on, moon, was beside the two
    close('samples.f1', (4 / 10 + 2 / 3 + 0 + 1) / 4);
    close('samples.f1Most', 1);
    close('samples.relativeLength', ln(3 / (1 + (8 + 1 + 2 + 2) / 4)));
  });

  it('clusters by agreement', () => {
    close('samples.majorityShare', 3 / 4);
    close('samples.inMajority', 1);
    close('samples.clusterShare', 3 / 4);
    close('samples.distinctShare', 2 / 4);
    close('samples.clusterEntropy', -(0.75 * ln(0.75) + 0.25 * ln(0.25)));
    close('samples.among', (3 * 1 + 3 * 0) / 6);
  });

  it('weighs consensus', () => {
    close('samples.support', 3 / 4); // armstrong in three of four
    close('samples.supportMean', (2 / 4 + 3 / 4) / 2);
    close('samples.supportRival', 1 / 4); // yuri
    close('samples.consensusHeld', (27 + 8) / (27 + 8 + 1 + 1));
    close('samples.rival', 0); // Gagarin agrees with nobody
    // centralities 2/3, 2/3, 0, 2/3
    close('samples.agreeCentral', (3 * (0.2 + 2 / 3)) / (3 * (0.2 + 2 / 3) + 0.2));
  });

  it('keeps other models apart', () => {
    const both = signalsOf({
      prompt,
      model: 'm',
      answer: 'Neil Armstrong',
      samples: [
        ...sampled(['Neil Armstrong'], { model: 'm' }),
        ...sampled(['Yuri Gagarin', 'Buzz Aldrin'], { model: 'other' }),
      ],
    });
    expect(both['samples.agree']).toBe(1);
    expect(both['others.agree']).toBe(0);
    expect(both['others.count']).toBeCloseTo(ln(3), 12);
    expect(signals['others.agree']).toBeNaN();
  });

  it('agrees on form before words: letters, truth, numbers', () => {
    const agree = (question: string, answer: string, ...samples: string[]) =>
      signalsOf({ prompt: question, answer, samples: sampled(samples) });
    const options = agree('Which?\nA) x\nB) y', 'B', 'The answer is B.', '(A)', 'B. y');
    expect(options['samples.agree']).toBeCloseTo(2 / 3, 12);
    expect(options['samples.agreeOption']).toBeCloseTo(2 / 3, 12);
    const truth = agree('Is it so?', 'Yes, it is.', 'yes', 'No, it is not.', 'Yes.');
    expect(truth['samples.agreePolarity']).toBeCloseTo(2 / 3, 12);
    expect(truth['samples.agree']).toBeCloseTo(2 / 3, 12);
    const numbers = agree('How many is 3 and 4?', 'The sum is 7.', '3 + 4 = 7', '7.0', 'It is 8');
    expect(numbers['samples.agreeNumber']).toBeCloseTo(2 / 3, 12);
    expect(numbers['samples.agree']).toBeCloseTo(2 / 3, 12);
  });

  it('holds a refusal against an answer', () => {
    const refusing = signalsOf({
      prompt,
      answer: "I'm sorry, but I couldn't find it.",
      samples: sampled(['Neil Armstrong', "Sorry, but I don't know."]),
    });
    expect(refusing['samples.agreeLeast']).toBe(0);
    expect(refusing['samples.agreeMost']).toBe(1 / 2); // sorry, find against sorry, know
    expect(refusing['samples.refusals']).toBe(0.5);
  });

  it('takes given clusters', () => {
    const clustered = signalsOf({
      answer: 'one way',
      samples: [
        { answer: 'one way', cluster: 'a' },
        { answer: 'wholly different', cluster: 'a' },
        { answer: 'third thing', cluster: 'b' },
      ],
    });
    expect(clustered['samples.majorityShare']).toBeCloseTo(2 / 3, 12);
    expect(clustered['samples.clusterShare']).toBeCloseTo(2 / 3, 12);
    expect(clustered['samples.distinctShare']).toBeCloseTo(2 / 3, 12);
  });

  it("reads the samples' own confidence", () => {
    const signals = signalsOf({
      answer: 'Oslo',
      samples: [
        { answer: 'Oslo', stated: 0.9, tokens: [{ token: 'Oslo', logprob: ln(0.5) }] },
        { answer: 'Bergen', stated: 0.3, tokens: [{ token: 'Bergen', logprob: ln(0.25) }] },
        { answer: 'Oslo' },
      ],
    });
    expect(signals['samples.stated']).toBeCloseTo(0.6, 12);
    expect(signals['samples.statedSpread']).toBeCloseTo(0.3, 12);
    expect(signals['samples.agreeByStated']).toBeCloseTo(0.9 / 1.2, 12);
    expect(signals['samples.meanLogprob']).toBeCloseTo(-1.5 * ln(2), 12);
    expect(signals['samples.agreeByProbability']).toBeCloseTo(2 / 3, 12);
  });

  it('does not depend on the order of samples', () => {
    const answers = fc.array(fc.constantFrom('Oslo', 'It is Oslo.', 'Bergen', 'no idea', 'Oslo or Bergen', '42', ''), {
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(answers, fc.constantFrom('Oslo', 'Bergen, 42', ''), (list, answer) => {
        const forward = signalsOf({ prompt, answer, samples: sampled(list) });
        const back = signalsOf({ prompt, answer, samples: sampled([...list].reverse()) });
        for (const name of Object.keys(forward)) {
          if (name.startsWith('samples.') && !Number.isNaN(forward[name]))
            expect(back[name], name).toBeCloseTo(forward[name], 10);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('compares the first 32 samples of many and counts all', () => {
    const many = signalsOf({
      answer: 'x',
      samples: sampled([...Array<string>(32).fill('x'), ...Array<string>(68).fill('y')]),
    });
    expect(many['samples.agree']).toBe(1);
    expect(many['samples.count']).toBeCloseTo(ln(101), 12);
  });
});

describe('verifiers', () => {
  it('makes a panel of scores in 0..1', () => {
    const signals = signalsOf({ answer: 'x', stated: 1, verifiers: { a: 0.2, b: 0.8, c: 7, d: null } });
    expect(signals['panel.mean']).toBeCloseTo(0.5, 12);
    expect(signals['panel.spread']).toBeCloseTo(0.3, 12);
    expect([signals['panel.least'], signals['panel.most'], signals['stated']]).toEqual([0.2, 0.8, 1]);
    expect(signals['panel.logit']).toBeCloseTo(0, 12); // ln 4 and −ln 4
    expect(signals['panel.vote']).toBe(0.5);
    expect(signals['stated.logit']).toBeCloseTo(ln(199), 12);
    expect(signalsOf({ answer: 'x', verifiers: { c: 7 } })['panel.mean']).toBeNaN();
  });
});

describe('what samples come to', () => {
  it('is told by option, yes or no, or last number, whatever is said on the way', () => {
    const signals = signalsOf({
      prompt: 'What is the total cost?',
      answer: '3 + 4 makes 7',
      samples: ['It is 7.', '3 and 4 are 8', 'so 8', 'no idea what'].map((answer) => ({ answer })),
    });
    // 7 · 8 · 8 · no
    expect(signals['samples.agreeFinal']).toBe(0.25);
    expect(signals['samples.rivalFinal']).toBe(0.5);
    expect(signals['samples.finalEntropy']).toBeCloseTo(1.5 * Math.log(2), 12);
  });
});
