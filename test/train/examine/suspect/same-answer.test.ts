import { describe, expect, it } from 'vitest';
import { conflicts, duplicates } from '../../../../train/examine/suspect/same-answer.js';
import { printsOf } from './records.js';

describe('repeated answers', () => {
  it('are the same prompt, context, answer and model; another model, context or letter is another answer', () => {
    const same = { prompt: 'Capital of France?', context: ['Paris is the capital.'], answer: 'Paris' };
    const prints = printsOf([
      same,
      same,
      { ...same, model: 'n' },
      { ...same, context: [] },
      { ...same, answer: 'paris' },
      same,
    ]);
    const found = duplicates(prints, Int32Array.of(0, 0, 0, 0, 0, 1), 10);
    expect(found).toEqual({ sets: 1, rows: 2, acrossGroups: 1, examples: [[0, 1, 5]] });
  });

  it('come as sets of equal size in the order of their first rows', () => {
    const [a, b] = ['France', 'Spain'].map((name) => ({ prompt: `Capital of ${name}?`, answer: 'Paris' }));
    expect(duplicates(printsOf([a, b, b, a]), new Int32Array(4), 10).examples).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  it('rows without a question repeat nothing', () => {
    expect(duplicates(printsOf([{}, {}, { prompt: '' }, { messages: [] }]), new Int32Array(4), 10).rows).toBe(0);
  });

  it('messages count whole: another earlier turn is another question', () => {
    const asked = (first: string) => ({
      messages: [
        { role: 'user', content: first },
        { role: 'assistant', content: 'Fine.' },
        { role: 'user', content: 'And the capital?' },
      ],
    });
    const found = duplicates(
      printsOf([asked('About France.'), asked('About Spain.'), asked('About France.')]),
      new Int32Array(3),
      10,
    );
    expect(found.examples).toEqual([[0, 2]]);
  });
});

describe('conflicting labels', () => {
  it('are hard labels that differ for one normalised answer to one question; the smaller side must err', () => {
    const prompt = 'Capital of France?';
    const prints = printsOf([
      { prompt, answer: 'Paris' },
      { prompt, answer: 'paris.' },
      { prompt, answer: 'The Paris', model: 'n' },
      { prompt, answer: 'Lyon' },
      { prompt: 'Largest city of France?', answer: 'Paris' },
      { prompt, answer: 'PARIS' },
    ]);
    const found = conflicts(prints, Float64Array.of(1, 0, 1, 0, 0, 0.5), 10);
    expect(found).toEqual({ sets: 1, rows: 3, wrongAtLeast: 1, examples: [[0, 1, 2]] });
  });

  it('none where labels agree or are soft', () => {
    const prints = printsOf([{ prompt: 'q' }, { prompt: 'q' }, { prompt: 'q' }]);
    expect(conflicts(prints, Float64Array.of(1, 1, 0.4), 10).sets).toBe(0);
  });
});
