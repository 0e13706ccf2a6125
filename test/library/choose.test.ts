import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordInput } from '../../data/record.js';
import { choose } from '../../library/best-of/choose.js';
import { vote } from '../../library/vote.js';
import { random } from '../../support/random.js';
import type { Method } from '../../train/best-of/policy.js';
import type { Choice } from '../../train/best-of/results.js';
import { summaryLines } from '../../train/best-of/summary-lines.js';
import type { DecidedChoice } from '../../train/best-of/use.js';
import { temporary } from '../data/temporary.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const { folder, put } = temporary();
const CITIES = ['Oslo', 'Bergen', 'Moss', 'Narvik'];

/** Questions whose right answer is Oslo; two thirds are easy. Four samples each. */
function answersOf(questions: number, seed = 'a', more: Partial<RecordInput> = {}): RecordInput[] {
  const draw = random(seed).fork('choose');
  return Array.from({ length: questions }, (_, q) => {
    const isEasy = q % 3 > 0;
    const say = () => (draw.next() < (isEasy ? 0.9 : 0.3) ? 'Oslo' : CITIES[1 + draw.int(3)]);
    return {
      ...{ id: `${seed}${q}`, group: `${seed}${q}`, prompt: `City number ${seed} ${q}?`, model: 'm', task: 't' },
      ...{ answer: say(), reference: ['Oslo'], samples: Array.from({ length: 4 }, () => ({ answer: say() })) },
      ...more,
    };
  });
}

const quick = { with: 'exactMatch', resamples: 50, targetError: 0.1 } as const;

describe('choose', () => {
  it('compares methods, freezes one on half of the questions, certifies it on the others, and uses it', async () => {
    const save = join(folder, 'chooser.json');
    const out = join(folder, 'chosen.jsonl');
    const { choices, summary } = await choose(answersOf(240), { ...quick, method: 'joint', of: 5, save, out });
    expect(summary).toMatchObject({
      ...{ askings: 240, questions: 240, candidates: 1200, by: 'auto:exactMatch', counted: 'written' },
      ...{ fewer: 0, notGraded: 0, seen: 0, estimated: 1200, fitQuestions: 120, certifyQuestions: 120 },
      frozen: { method: 'joint', of: 5 },
    });
    expect(summary?.policies.map(({ method, of }) => `${method} ${of}`)).toEqual([
      ...['first 1', 'vote 3', 'vote 5', 'weighted 3', 'weighted 5', 'joint 2', 'joint 3', 'joint 5'],
    ]);
    // shares by hand
    const right = (rows: readonly { answer: string }[]) =>
      rows.filter(({ answer }) => answer === 'Oslo').length / rows.length;
    const [first, , voted] = summary!.policies;
    const given = answersOf(240) as { answer: string }[];
    expect(first.accuracy.value).toBeCloseTo(right(given), 12);
    const { votes } = await vote(answersOf(240));
    expect(voted.accuracy.value).toBeCloseTo(right(votes), 12);
    expect(voted.gain.value).toBeCloseTo(right(votes) - right(given), 12);
    expect(summary?.claim.threshold).toBeGreaterThan(0.3);
    expect(summary?.claim).toMatchObject({ id: 'joint-5', targetError: 0.1, groups: 120, n: 120 });
    for (const choice of choices as Choice[]) {
      const sum = choice.answers.reduce((all, { probability }) => all + probability, choice.none);
      expect(sum).toBeCloseTo(1, 12);
      expect(choice.answers.reduce((all, { votes: n }) => all + n, 0)).toBe(5);
      expect(choice.selected).toBe(true);
    }
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(240);

    const fresh = answersOf(90, 'b');
    const used = (await choose(fresh, { use: save })).choices as DecidedChoice[];
    const accepted = used.filter(({ decision }) => decision === 'accept');
    expect(accepted.length).toBeGreaterThan(20);
    expect(
      accepted.every(
        ({ claim, probability, why }) =>
          claim === 'joint-5' && why === null && probability >= summary!.claim.threshold!,
      ),
    ).toBe(true);
    expect(
      used
        .filter(({ decision }) => decision === 'abstain')
        .every(({ claim, probability }) => claim === null && probability < summary!.claim.threshold!),
    ).toBe(true);
    expect(1 - right(accepted)).toBeLessThan(0.2);
  });

  it('gives no decision for what the promise was not certified for', async () => {
    const save = join(folder, 'strict.json');
    await choose(answersOf(240), { ...quick, method: 'vote', of: 5, save });
    const why = async (more: Partial<RecordInput>) =>
      (await choose(answersOf(3, 'c', more), { use: save })).choices.map((choice) => (choice as DecidedChoice).why);
    expect(await why({ model: 'other' })).toEqual(Array(3).fill('unseen model'));
    expect(await why({ task: 'other' })).toEqual(Array(3).fill('unseen task'));
    expect(await why({ decoding: { temperature: 1.5 } })).toEqual(Array(3).fill('unknown pattern'));
    expect(await why({ samples: [{ answer: 'Oslo' }] })).toEqual(Array(3).fill('missing signal'));
    const dir = join(folder, 'bundle');
    await writeTinyBundle(dir);
    await expect(choose(answersOf(3), { use: save, model: dir })).rejects.toMatchObject({ code: 'BAD_USAGE' });
    await expect(choose(answersOf(3), { use: save, targetError: 0.1 })).rejects.toMatchObject({ code: 'BAD_USAGE' });
    await expect(choose(answersOf(3), { use: put('no.json', '{"chooser":2}') })).rejects.toMatchObject({
      code: 'BAD_JSON',
    });
    const uncertified = join(folder, 'uncertified.json');
    const { summary } = await choose(answersOf(120), { ...quick, targetError: 0.001, save: uncertified });
    expect(summary?.claim).toMatchObject({ threshold: null, coverage: 0, error: null });
    expect(summary?.claim.advice).toContain('No threshold could be certified');
    const used = (await choose(answersOf(3, 'd'), { use: uncertified })).choices as DecidedChoice[];
    expect(used.map((choice) => choice.why)).toEqual(Array(3).fill('uncertified pattern'));
  });

  it('gives no decision for prompts with another number of answers than the promise was certified for', async () => {
    const save = join(folder, 'numbers.json');
    const notes: string[] = [];
    const onNote = ({ text }: { text: string }) => notes.push(text);
    const cut = (rows: RecordInput[], n: number) =>
      rows.map((row) => ({ ...row, samples: row.samples?.slice(0, n - 1) }));
    const rows = answersOf(240);
    const used = async (n: number) => {
      const { choices } = await choose(cut(answersOf(9, 'n'), n), { use: save, onNote });
      return [...new Set((choices as DecidedChoice[]).map(({ why }) => why))];
    };
    // all prompts had five answers: to ask for three only is the same way
    const all = await choose(rows, { ...quick, targetError: 0.15, method: 'joint', of: 3, save });
    expect(all.summary?.claim.answers).toEqual({ from: 3, to: 5 });
    expect([await used(3), await used(5)]).toEqual([[null], [null]]);
    expect(notes).toEqual([]);
    // some had four and were left out: the promise is about those with five
    const some = await choose([...cut(rows.slice(0, 20), 4), ...rows.slice(20)], {
      ...quick,
      targetError: 0.15,
      method: 'joint',
      of: 3,
      save,
    });
    expect(some.summary).toMatchObject({ fewer: 20, claim: { answers: { from: 5, to: 5 } } });
    expect([await used(4), await used(5)]).toEqual([['unknown pattern'], [null]]);
    expect(notes).toEqual([
      '9 prompts without a decision: the promise holds for prompts with 5 answers, and how many there are may depend on the answers',
    ]);
    // a file of an older version does not say
    const { answers: _, ...claim } = JSON.parse(readFileSync(save, 'utf8')).claim;
    put('numbers-old.json', JSON.stringify({ ...JSON.parse(readFileSync(save, 'utf8')), claim }));
    const old = await choose(answersOf(9, 'n'), { use: join(folder, 'numbers-old.json'), onNote });
    expect((old.choices as DecidedChoice[]).every(({ decision }) => decision === null)).toBe(true);
    expect(notes[1]).toContain('certify again');
  });

  it('refuses answers that an earlier score picked, and gives them no decision', async () => {
    const rows = answersOf(240);
    await expect(
      choose(
        rows.map((row, i) => (i === 7 ? { ...row, selected: true } : row)),
        quick,
      ),
    ).rejects.toMatchObject({
      code: 'SELECTED_LOG',
      detail: { field: 'selected', got: 'a7' },
    });
    const save = join(folder, 'picked.json');
    await choose(rows, { ...quick, method: 'vote', of: 5, save });
    const fresh = answersOf(2, 'p').map((row, i) => ({ ...row, selected: i === 0 }));
    const { choices } = await choose(fresh, { use: save });
    expect((choices as DecidedChoice[]).map(({ why }) => why)).toEqual(['selected', null]);
  });

  it('a bundle scores every answer with the others as its samples', async () => {
    const dir = join(folder, 'scoring');
    await writeTinyBundle(dir);
    const tokens = (answer: string) => [{ token: answer, logprob: -0.1 * answer.length }];
    const rows = answersOf(80).map((row) => ({
      ...row,
      tokens: tokens(row.answer as string),
      samples: row.samples?.map((sample) => ({ ...sample, tokens: tokens(sample.answer) })),
    }));
    const { summary } = await choose(rows, { ...quick, model: dir });
    expect(summary?.policies.map(({ method, of }) => `${method} ${of}`)).toContain('best 5');
    expect(summary).toMatchObject({ estimated: 0 });
    // one token each
    expect(summary?.policies.map(({ of, tokens: n }) => n / of)).toEqual(summary?.policies.map(() => 1));
  });

  it('reads the attempts of collect: each answer once, revisions apart, with all tokens', async () => {
    const draw = random('attempts');
    const attempt = (q: number, number: number, kind: string, answer: string, chosen: boolean): RecordInput => ({
      ...{ id: `q${q}#${number}`, group: `q${q}`, prompt: `City ${q}?`, model: 'm', answer, reference: ['Oslo'] },
      ...(kind === 'revised' || chosen ? { selected: true } : {}),
      ...(kind === 'first' ? { samples: [{ answer: 'Moss' }, { answer: 'Oslo' }] } : {}),
      attempt: {
        ...{ number, kind, chosen, promptTokens: 10 * number, completionTokens: 2 },
        ...(kind === 'first' ? { samplePromptTokens: 9, sampleCompletionTokens: 4 } : {}),
      },
    });
    const rows = Array.from({ length: 60 }, (_, q) => {
      const isRight = draw.next() < 0.5;
      // every second wrong answer is revised into the right one
      return isRight
        ? [attempt(q, 1, 'first', 'Oslo', true)]
        : [attempt(q, 1, 'first', 'Moss', false), attempt(q, 2, 'revised', q % 2 === 0 ? 'Oslo' : 'Bergen', true)];
    });
    const { summary } = await choose(rows.flat(), { ...quick, method: 'revision' });
    const wrong = rows.filter((attempts) => attempts.length === 2);
    const mended = wrong.filter(([, { answer }]) => answer === 'Oslo').length;
    expect(summary).toMatchObject({
      counted: 'all',
      candidates: 180 + wrong.length,
      frozen: { method: 'revision', of: 2 },
    });
    const revision = summary!.policies.find(({ method }) => method === 'revision')!;
    expect(revision.gain.value).toBeCloseTo(mended / 60, 12);
    expect(summary!.policies[0].tokens).toBeCloseTo(12, 12);
    expect(revision.tokens).toBeCloseTo((60 * (12 + 13) + 22 * wrong.length) / 60, 10);
    // samples and first answers vote, revisions do not
    const { votes } = await vote(rows.flat());
    expect(votes.every(({ of }) => of === 3)).toBe(true);
  });

  it('takes the answers of --best-of once, though each has the others as its samples', async () => {
    const others = (texts: string[], i: number) => texts.filter((_, j) => j !== i).map((answer) => ({ answer }));
    const rows = answersOf(60).flatMap(({ answer, samples, ...row }) => {
      const texts = [answer as string, ...(samples ?? []).slice(0, 2).map((sample) => sample.answer)];
      return texts.map((text, i) => ({
        ...row,
        ...{ id: `${row.id}#${i}`, answer: text, samples: others(texts, i) },
        attempt: { number: i + 1, kind: i === 0 ? 'first' : 'sampled' },
      }));
    });
    const { summary } = await choose(rows, quick);
    expect(summary).toMatchObject({ askings: 60, candidates: 180 });
    const { votes } = await vote(rows);
    expect(votes.every(({ of }) => of === 3)).toBe(true);
  });

  /** Prompts with two or three equal answers of three, of which 4% are wrong. The labels of a prompt have the weight `weightOf`. */
  function graded(weightOf: (isRight: boolean, number: number) => number): RecordInput[] {
    const draw = random('graded');
    return Array.from({ length: 400 }, (_, q) => {
      const isRight = q % 25 > 0;
      const other = draw.next() < 0.3;
      return [1, 2, 3].map((number) => ({
        ...{ id: `w${q}#${number}`, group: `w${q}`, prompt: `City ${q}?` },
        answer: number === 3 && other ? 'Narvik' : isRight ? 'Oslo' : 'Moss',
        attempt: { number, kind: number === 1 ? 'first' : 'sampled' },
        labels: [
          { value: isRight && !(number === 3 && other) ? 1 : 0, source: 'human', weight: weightOf(isRight, number) },
        ],
      }));
    }).flat();
  }

  it('a prompt counts by the weight of its labels, in the promise as in every share', async () => {
    const how = { method: 'vote', of: 3, resamples: 50, targetError: 0.1 } as const;
    const even = (
      await choose(
        graded(() => 7),
        how,
      )
    ).summary!;
    expect(even.frozen.accuracy.value).toBeCloseTo(0.96, 1);
    expect(even.claim.threshold).not.toBeNull();
    const said = (capped: number) => summaryLines({ ...even, claim: { ...even.claim, cap: 2.5, capped } }).at(-1);
    expect(said(3)).toMatch(
      /wrong\. In the promise, no question counts as more than 2\.5 answers; 3 accepted questions have/,
    );
    expect(said(0)).not.toContain('counts as more');
    // wrong answers stand for ten prompts each: 10 · 16 / (10 · 16 + 384) = 29% errors
    const heavy = (
      await choose(
        graded((isRight) => (isRight ? 1 : 10)),
        how,
      )
    ).summary!;
    expect(heavy.policies[0].accuracy.value).toBeCloseTo(384 / 544, 12);
    expect(heavy.claim.threshold).toBeNull();
  });

  it('refuses labels of different weights for the answers to one prompt', async () => {
    const rows = graded((_, number) => number);
    await expect(choose(rows, { resamples: 50 })).rejects.toMatchObject({
      code: 'BAD_LABEL',
      detail: { field: 'labels.weight', got: '1 for w0#1, 2 for w0#2' },
    });
  });

  it('two wordings of a question are two prompts of one question', async () => {
    const rows = answersOf(60).flatMap((row) => [row, { ...row, id: `${row.id}-b`, prompt: `Again: ${row.prompt}` }]);
    const { summary } = await choose(rows, quick);
    expect(summary).toMatchObject({ askings: 120, questions: 60, fitQuestions: 30, certifyQuestions: 30 });
  });

  it('refuses what cannot be compared', async () => {
    const single = answersOf(60).map(({ samples: _, ...row }) => row);
    await expect(choose(single, quick)).rejects.toMatchObject({ code: 'NO_ANSWERS' });
    await expect(choose(answersOf(20), quick)).rejects.toMatchObject({ code: 'TOO_FEW_LABELS' });
    const unknown = answersOf(60).map(({ reference: _, ...row }) => row);
    await expect(choose(unknown, { resamples: 50 })).rejects.toMatchObject({ code: 'NO_LABELS' });
    await expect(choose(answersOf(60), { ...quick, method: 'best' })).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--method' },
    });
    await expect(choose(answersOf(60), { ...quick, of: 4 })).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: '--of' },
    });
    await expect(choose(answersOf(60), { ...quick, method: 'x' as Method })).rejects.toMatchObject({
      code: 'BAD_USAGE',
    });
    await expect(choose(answersOf(60), { ...quick, confidence: 95 })).rejects.toMatchObject({ code: 'BAD_USAGE' });
    expect(existsSync(join(folder, 'never.json'))).toBe(false);
  });
});
