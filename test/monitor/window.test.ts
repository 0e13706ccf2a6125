import { describe, expect, it } from 'vitest';
import { expectedShare } from '../../monitor/expected.js';
import { QuestionWindow } from '../../monitor/window.js';
import { random } from '../../support/random.js';

const answer = (id: string, question: string) => ({
  ...{ id, question, time: null, model: null, task: null, probability: 0.5, claim: null, label: null },
  numbers: new Float32Array(0),
  categories: [],
});

function sampled(order: string[], most: number) {
  const window = new QuestionWindow('seed', most);
  for (const [i, question] of order.entries()) if (window.wants(question)) window.add(answer(`${i}`, question));
  return window.finish();
}

describe('QuestionWindow', () => {
  it('keeps all answers of few questions, in order', () => {
    const { questions, isSample } = sampled(['a', 'b', 'a'], 10);
    expect(questions.map((answers) => answers.map(({ id }) => id))).toEqual([['0', '2'], ['1']]);
    expect(isSample).toBe(false);
  });

  it('keeps whole questions, whatever their order', () => {
    const names = Array.from({ length: 100 }, (_, i) => `q${i}`);
    const twice = [...names, ...names];
    const one = sampled(twice, 10);
    const two = sampled([...twice].reverse(), 10);
    const set = ({ questions }: typeof one) => questions.map(([{ question }]) => question).sort();
    expect(set(one)).toEqual(set(two));
    expect(one).toMatchObject({ isSample: true });
    expect(one.questions.every((answers) => answers.length === 2)).toBe(true);
    expect(one.questions).toHaveLength(10);
  });

  it('keeps at most 16 answers of a question', () => {
    expect(sampled(new Array(40).fill('a'), 10).questions[0]).toHaveLength(16);
  });
});

describe('expectedShare', () => {
  it('is the mean, with the deviation of a question as if its answers were right or wrong together', () => {
    const found = expectedShare({ expected: [0.9, 0.8, 0.5], question: [1, 1, 2], isSample: false })!;
    const reach = (1.959963984540054 * Math.sqrt((0.3 + 0.4) ** 2 + 0.25)) / 3;
    expect(found).toMatchObject({ answers: 3, questions: 2, high: 1 });
    expect(found.value).toBeCloseTo(2.2 / 3, 12);
    expect(found.low).toBeCloseTo(2.2 / 3 - reach, 9);
    expect(expectedShare({ expected: [], question: [], isSample: false })).toBeNull();
  });

  it('covers what happens in at least 95% of runs, if probabilities are calibrated', () => {
    const draws = random('cbpe');
    let covered = 0;
    for (let k = 0; k < 500; k++) {
      const p = Array.from({ length: 200 }, () => 0.5 + 0.5 * draws.next());
      const share = p.reduce((sum, each) => sum + (draws.next() < each ? 1 : 0), 0) / 200;
      const { low, high } = expectedShare({ expected: p, question: [...p.keys()], isSample: false })!;
      if (low <= share && share <= high) covered++;
    }
    expect(covered / 500).toBeGreaterThan(0.925);
  });
});
