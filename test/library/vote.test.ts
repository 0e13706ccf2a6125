import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vote } from '../../library/vote.js';
import { wilson } from '../../metrics/interval/wilson.js';
import { random } from '../../support/random.js';
import { temporary } from '../data/temporary.js';
import { writeTinyEncoder } from '../meaning/tiny-encoder.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const { folder, put } = temporary();

const capital = {
  id: 'a1',
  group: 'a',
  prompt: 'What is the capital of Australia?',
  answer: 'Sydney',
  reference: ['Canberra'],
  samples: ['Canberra', 'It is Canberra.', 'Melbourne'].map((answer) => ({ answer })),
};
const river = {
  id: 'b1',
  group: 'b',
  prompt: 'Which river flows through Paris?',
  answer: 'the Seine',
  reference: ['Seine'],
  samples: ['Seine', 'Loire', 'Loire'].map((answer) => ({ answer })),
};

describe('vote', () => {
  it('gives one row per question, selected, with an actual text of the majority, and says how a tie was broken', async () => {
    const { votes, ...summary } = await vote([capital, river]);
    expect(votes).toEqual([
      {
        ...{ id: 'a1', sample: 0, group: 'a', answer: 'Canberra', votes: 2, of: 4, share: 0.5 },
        ...{ tied: false, first: false, selected: true },
      },
      {
        ...{ id: 'b1', sample: null, group: 'b', answer: 'the Seine', votes: 2, of: 4, share: 0.5 },
        ...{ tied: true, first: true, selected: true },
      },
    ]);
    expect(summary).toMatchObject({ questions: 2, answers: 2, candidates: 8, weight: 'votes', ties: 1, changed: 1 });
    expect(summary.quality).toBeNull();
  });

  it('weights votes by the probability of their tokens, and says where tokens are missing', async () => {
    const sure = (answer: string, logprob: number) => ({ answer, tokens: [{ token: answer, logprob }] });
    const weighted = {
      ...capital,
      tokens: [{ token: 'Sydney', logprob: Math.log(0.9) }],
      samples: [sure('Canberra', Math.log(0.2)), sure('Canberra', Math.log(0.3)), sure('Perth', Math.log(0.1))],
    };
    const { votes, unweighted } = await vote([weighted, river], { weight: 'tokens' });
    expect(votes[0]).toMatchObject({ answer: 'Sydney', votes: 1, first: true });
    expect(votes[0].share).toBeCloseTo(0.9 / 1.5, 12);
    expect(votes[1]).toMatchObject({ answer: 'the Seine', share: 0.5 });
    expect(unweighted).toBe(1);
  });

  it('grades first and voted answers by the same rule: the gain, by hand', async () => {
    const answers = Array.from({ length: 40 }, (_, q) => ({
      ...(q % 4 === 0 ? capital : river),
      ...{
        id: `${q}`,
        group: `${q}`,
        prompt: `${(q % 4 === 0 ? capital : river).prompt} Asked in the year ${1900 + q}.`,
      },
    }));
    const { quality } = await vote(answers, { with: 'containedAlias' });
    // a quarter of the first answers is wrong, and the vote corrects it
    expect(quality).toMatchObject({ by: 'auto:containedAlias', questions: 40, notGradable: 0, probability: null });
    expect([quality?.first.value, quality?.vote.value, quality?.gain.value]).toEqual([0.75, 1, 0.25]);
    expect(quality?.byVotes.map(({ k, vote: voted }) => [k, voted.value])).toEqual([
      [1, 0.75],
      [3, 1],
    ]);
    // Agresti & Min: 10.5 gains and .5 losses of 42 pairs
    const error = Math.sqrt((11 / 42 - (10 / 42) ** 2) / 42);
    expect(quality?.gain.low).toBeCloseTo(10 / 42 - 1.959963984540054 * error, 10);
  });

  it('uses the rule that made the labels; with labels by people, says which votes they do not grade', async () => {
    const auto = [{ value: 0, source: 'auto:containedAlias' }];
    expect((await vote([{ ...capital, labels: auto }])).quality).toMatchObject({
      by: 'auto:containedAlias',
      questions: 1,
    });
    const human = (value: number) => [{ value, source: 'human' }];
    const { quality } = await vote([
      { ...capital, labels: human(0) },
      { ...river, labels: human(1) },
    ]);
    expect(quality).toMatchObject({ by: 'labels', questions: 1, notGradable: 1, vote: { value: 1 } });
  });

  it('a question counts by the weight of its labels, in the gain, its intervals and the probability', async () => {
    /** In a quarter of the questions the first answer is wrong and the vote corrects it; in every fifth, both are wrong. */
    const answersOf = (weightOf: (q: number) => number | undefined) =>
      Array.from({ length: 80 }, (_, q) => {
        const asked = q % 4 === 0 ? capital : river;
        const reference = q % 5 === 1 ? ['nowhere'] : asked.reference;
        const value = q % 4 === 0 || q % 5 === 1 ? 0 : 1;
        const weight = weightOf(q);
        const label = { value, source: 'auto:containedAlias', ...(weight === undefined ? {} : { weight }) };
        const prompt = `${asked.prompt} Asked in the year ${1900 + q}.`;
        return { ...asked, id: `${q}`, group: `${q}`, prompt, reference, labels: [label] };
      });
    const heavy = (q: number) => (q % 4 === 0 ? 3 : 1);
    const { quality } = await vote(answersOf(heavy));
    // the weight is 3 · 20 + 60 = 120. Wrong in both: 4 questions of weight 3, and 12 of weight 1
    expect(quality).toMatchObject({ by: 'auto:containedAlias', questions: 80 });
    expect(quality?.first.value).toBeCloseTo(48 / 120, 12);
    expect(quality?.vote.value).toBeCloseTo(96 / 120, 12);
    expect(quality?.gain.value).toBeCloseTo(48 / 120, 12);
    // 120² / (9 · 20 + 60) = 60 effective questions, of which 24 are gained
    const error = Math.sqrt((25 / 62 - (24 / 62) ** 2) / 62);
    expect(quality?.gain.low).toBeCloseTo(24 / 62 - 1.959963984540054 * error, 10);
    expect(quality?.first.low).toBeCloseTo(wilson(0.4, 60).low, 12);
    expect(quality?.byVotes[1]).toMatchObject({ k: 3, gain: quality?.gain });

    const even = await vote(answersOf(() => undefined));
    expect(await vote(answersOf(() => 2))).toEqual(even);
    expect(even.quality?.gain.value).toBeCloseTo(16 / 80, 12);
    expect(even.quality?.probability?.logLoss.value).not.toBe(quality?.probability?.logLoss.value);
    // a rule that is named grades alone
    expect(await vote(answersOf(heavy), { with: 'containedAlias' })).toEqual(
      await vote(
        answersOf(() => undefined),
        { with: 'containedAlias' },
      ),
    );
    const [first, other] = answersOf(heavy);
    await expect(vote([first, { ...other, group: first.group }])).rejects.toMatchObject({
      code: 'BAD_LABEL',
      detail: { field: 'labels.weight', got: '3 for 0, 1 for 1' },
    });
  });

  it('counts the answers of several models once, also if each holds the others as samples', async () => {
    const of = (model: string, answer: string, others: [string, string][]) => ({
      ...{ id: model, group: 'q', prompt: 'Who wrote it?', model, answer },
      samples: others.map(([name, text]) => ({ answer: text, model: name })),
    });
    const [a, b, c]: [string, string][] = [
      ['x', 'Ibsen'],
      ['y', 'Hamsun'],
      ['z', 'It was Hamsun'],
    ];
    const { votes } = await vote([of(...a, [b, c]), of(...b, [a, c]), of(...c, [a, b])]);
    expect(votes).toMatchObject([{ id: 'y', sample: null, answer: 'Hamsun', votes: 2, of: 3 }]);
  });

  it('calibrates on other questions: the probability of a share is the share of right votes', async () => {
    const draw = random('votes').fork('library');
    const answers = Array.from({ length: 900 }, (_, q) => {
      const isEasy = q % 3 > 0;
      const say = () => (draw.next() < (isEasy ? 0.9 : 0.35) ? 'Oslo' : ['Bergen', 'Tromsø', 'Moss'][draw.int(3)]);
      const samples = Array.from({ length: 4 }, () => ({ answer: say() }));
      return { id: `${q}`, group: `${q}`, prompt: `City number ${q}?`, answer: say(), reference: ['Oslo'], samples };
    });
    const { votes, quality } = await vote(answers, { with: 'exactMatch' });
    const unanimous = votes.filter(({ votes: n }) => n === 5);
    const right = unanimous.filter(({ answer }) => answer === 'Oslo').length / unanimous.length;
    const mean = unanimous.reduce((sum, { probability }) => sum + (probability ?? 0), 0) / unanimous.length;
    expect(Math.abs(mean - right)).toBeLessThan(0.02);
    expect(quality?.probability?.ece.value).toBeLessThan(0.06);
    expect(new Set(unanimous.map(({ probability }) => probability)).size).toBe(5); // one line per fold
    expect((await vote(answers, { with: 'exactMatch' })).votes).toEqual(votes);
  });

  it('weights by a bundle, whose probability each candidate gets', async () => {
    const dir = join(folder, 'bundle');
    await writeTinyBundle(dir);
    const { votes, weight, unweighted } = await vote([capital], { model: dir });
    expect([weight, unweighted]).toEqual(['bundle', 0]);
    expect(votes[0].share).toBeGreaterThan(0);
    expect(votes[0].share).toBeLessThan(1);
    const encoders = [await writeTinyEncoder(join(folder, 'tiny'))];
    const notes: string[] = [];
    await vote([capital], { model: dir, encoders, onNote: ({ text }) => void notes.push(text) });
    expect(notes).toContain('The bundle was not trained with --encoder tiny, which is not used.');
  });

  it('writes rows, sets bad lines aside, and refuses what it cannot do', async () => {
    const lines = [capital, river].map((record) => JSON.stringify(record)).join('\n');
    const path = put('answers.jsonl', `${lines}\n{"id":"c","answer":"x","stated":7}\n`);
    const out = join(folder, 'votes.jsonl');
    const { bad } = await vote(path, { out, badLines: 'skip' });
    expect(bad).toBe(1);
    expect(existsSync(`${out}.bad.jsonl`)).toBe(true);
    const rows = readFileSync(out, 'utf8').trim().split('\n');
    expect(rows.map((row) => JSON.parse(row).answer)).toEqual(['Canberra', 'the Seine']);
    await expect(vote(path)).rejects.toMatchObject({ code: 'BAD_RECORD', detail: { line: 3, field: 'stated' } });
    await expect(vote([capital, capital])).rejects.toMatchObject({ code: 'DUPLICATE_ID' });
    await expect(vote([])).rejects.toMatchObject({ code: 'NO_ANSWERS' });
    await expect(vote([capital], { weight: 'bundle' })).rejects.toMatchObject({ code: 'BAD_USAGE' });
    await expect(vote([capital], { with: 'nosuch' })).rejects.toMatchObject({ code: 'BAD_USAGE' });
    await expect(vote([capital], { weight: 'x' as never })).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });
});
