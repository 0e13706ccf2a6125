import { describe, expect, it } from 'vitest';
import { majorityOf } from '../../../train/vote/majority.js';
import { meaningsOf } from '../../../train/vote/meanings.js';
import { samenessOf } from '../../../train/vote/sameness.js';

const texts = (list: string[], clusters: (string | null)[] = []) =>
  list.map((text, i) => ({ id: 'a', text, cluster: clusters[i] ?? null }));

function grouped(prompt: string, list: string[], clusters: (string | null)[] = []): number[] {
  return [...meaningsOf(samenessOf({ prompt }, texts(list, clusters)), list.length)];
}

describe('which answers mean the same', () => {
  it('numbers decide where the question asks for one, whatever the words around them', () => {
    const same = ['6 · 7 = 42, so the answer is 42.', '42', 'The answer is 43.', 'It is \\boxed{42}'];
    expect(grouped('How many legs do 6 beetles and 3 birds have?', same)).toEqual([0, 0, 1, 0]);
  });

  it('options decide where the prompt lists some', () => {
    const prompt = 'Which is the longest river?\nA) Rhine\nB) Nile\nC) Seine';
    expect(grouped(prompt, ['B', 'The answer is A.', 'The Nile is the longest, so (B).', 'C) Seine'])).toEqual([
      0, 1, 0, 2,
    ]);
  });

  it('else words decide: a short answer and a sentence that contains it', () => {
    const list = ['Canberra', 'The capital of Australia is Canberra.', 'Sydney', 'canberra!'];
    expect(grouped('What is the capital of Australia?', list)).toEqual([0, 0, 1, 0]);
  });

  it('an answer that lists several does not join those that differ', () => {
    const list = ['Paris', 'Rome', 'It could be Paris or Rome.', 'Rome', 'Rome'];
    const groups = grouped('Where was he born?', list);
    expect(groups[0]).not.toBe(groups[1]);
    expect([groups[3], groups[4]]).toEqual([groups[1], groups[1]]);
    expect(groups[2]).toBe(groups[1]); // the larger of the two
  });

  it('given clusters of samples decide among them, and words for the answer, which has none', () => {
    const list = ['Oslo', 'Bergen', 'Oslo', 'Stavanger'];
    expect(grouped('Where?', list, [null, 'x', 'y', 'x'])).toEqual([0, 1, 0, 1]);
  });

  it('is symmetric, 1 for equal texts, and does not depend on the other candidates', () => {
    const list = ['Berlin', 'I think it is Bonn', 'Bonn', 'Berlin or Bonn', '7', 'no idea'];
    const all = samenessOf({ prompt: 'Which city?' }, texts(list));
    for (let i = 0; i < list.length; i++) {
      expect(all[i * list.length + i]).toBe(1);
      for (let j = 0; j < list.length; j++) {
        expect(all[i * list.length + j]).toBe(all[j * list.length + i]);
        const two = samenessOf({ prompt: 'Which city?' }, texts([list[i], list[j]]));
        expect(two[1]).toBe(i < j ? all[i * list.length + j] : two[1]);
      }
    }
  });

  it('takes only the first candidates if asked', () => {
    const sameness = samenessOf({ prompt: 'Who?' }, texts(['Ann', 'Bob', 'Ann']));
    expect([...meaningsOf(sameness, 3, 2)]).toEqual([0, 1]);
  });
});

describe('the majority', () => {
  const vote = (meaning: number[], weight: number[]) => majorityOf(Int32Array.from(meaning), Float64Array.from(weight));

  it('counts votes, and chooses the member with the highest weight', () => {
    const won = vote([0, 1, 1, 0, 1], [1, 0.5, 0.9, 0.1, 0.2]);
    // 1.1 against 1.6
    expect(won).toMatchObject({ meaning: 1, chosen: 2, votes: 3, isTied: false });
    expect(won.share).toBeCloseTo(1.6 / 2.7, 14);
    expect(won.logit).toBeCloseTo(Math.log((1.6 + 0.27) / (1.1 + 0.27)), 12);
  });

  it('a tie goes to the answer that came first, and is said', () => {
    expect(vote([0, 1, 1, 0, 2], [1, 1, 1, 1, 1])).toMatchObject({ meaning: 0, chosen: 0, isTied: true });
    expect(vote([0, 1, 1, 2, 2], [1, 1, 1, 1, 1])).toMatchObject({ meaning: 1, chosen: 1, isTied: true });
    // rounding breaks no tie: .1 + .2 is not .3 in doubles
    expect(vote([0, 1, 1], [0.3, 0.1, 0.2])).toMatchObject({ meaning: 0, isTied: true });
  });

  it('five of five is surer than two of two', () => {
    expect(vote([0, 0], [1, 1]).logit).toBeCloseTo(Math.log(2.5 / 0.5), 12);
    expect(vote([0, 0, 0, 0, 0], [1, 1, 1, 1, 1]).logit).toBeCloseTo(Math.log(5.5 / 0.5), 12);
  });
});
