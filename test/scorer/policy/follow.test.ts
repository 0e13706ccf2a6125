import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import type { Case } from '../../../scorer/policy/case.js';
import { followPolicy, type World } from '../../../scorer/policy/follow.js';
import type { Cut, Policy } from '../../../scorer/policy/policy.js';
import { parsePrices } from '../../../scorer/policy/prices.js';
import type { AnswerScore } from '../../../scorer/scorer.js';

const prices = parsePrices({
  first: { model: 'small', price: { money: 1, tokens: 10 } },
  stages: [
    { name: 'nli', fields: ['verifiers.nli'], price: { money: 2, milliseconds: 30 } },
    { name: 'large', model: 'large', price: { money: 4, tokens: 100 } },
  ],
  wrong: 50,
  person: 20,
});

const claim = {
  ...{ id: 'policy-1', alpha: 0.1, delta: 0.05, guarantee: 'finite-sample' as const, method: 'betting' },
  ...{ groups: 200, acceptedGroups: 120, coverage: 0.6, error: 0.03 },
};
const buyUntil = (from: number): Cut[] => [
  { from: 0, do: 'buy' },
  { from, do: 'accept' },
];
const policy: Policy = {
  formatVersion: 1,
  plan: {
    order: ['nli', 'large'],
    cuts: [
      buyUntil(0.9),
      buyUntil(0.8),
      [
        { from: 0, do: 'stop' },
        { from: 0.7, do: 'accept' },
      ],
    ],
  },
  lines: [1, 1, 1].map((a) => ({ a, b: 0 })),
  values: [{ probability: [0.2, 0.8], value: [5, 11], error: [1, 1], questions: [40, 40] }],
  prices,
  conditions: {
    ...{ models: ['small'], stages: { nli: {}, large: { model: 'large' } } },
    ...{ temperatures: [0], sampleTemperatures: null, prompts: null },
  },
  claim,
};

const first: AnswerRecord = {
  id: 'q1',
  model: 'small',
  prompt: 'Which city?',
  answer: 'Sydney',
  decoding: { temperature: 0 },
};
const start: Case = { group: 'q1', first, others: new Map() };
const second: AnswerRecord = { ...first, id: 'q1/large', model: 'large', answer: 'Canberra' };

/** A world in which the first answer has a probability before and after the verifier's score, and the second one its own. */
function world(p: { first: number; verified: number; large: number }, more: Partial<World> = {}) {
  const bought: string[] = [];
  let clock = 0;
  const made: World = {
    score: async (records) =>
      records.map((record) => {
        const verified = (record.verifiers as { nli?: number } | null)?.nli !== undefined;
        const probability = record.model === 'large' ? p.large : verified ? p.verified : p.first;
        return { id: record.id, probability, why: null, pattern: 'free', shift: 0 } as AnswerScore;
      }),
    buy: async (stage, of) => {
      bought.push(stage.name);
      clock += 100;
      if (stage.name === 'large') return { ...of, others: new Map([['large', second]]) };
      return { ...of, first: { ...of.first, verifiers: { nli: 0.4 } } };
    },
    deadlineOf: () => 60_000,
    now: () => clock,
    signal: new AbortController().signal,
    digest: 'abcdef0123456789',
    ...more,
  };
  return { made, bought };
}

const follow = async (...given: Parameters<typeof world>) => {
  const { made, bought } = world(...given);
  return { ...(await followPolicy(start, policy, made)), asked: bought };
};

describe('a policy that is followed', () => {
  it('buys nothing where the first answer is enough, and says by which rule', async () => {
    const { row, asked, steps, purchases, from } = await follow({ first: 0.95, verified: 0.9, large: 0.9 });
    expect(asked).toEqual([]);
    expect(row).toMatchObject({ decision: 'accept', why: null, claim: 'policy-1', bought: [], differs: [] });
    expect(row.spent).toEqual({ money: 1, tokens: 10, milliseconds: 0, worth: 1 });
    expect(steps).toEqual([
      { probability: expect.closeTo(0.95, 12), do: 'accept', stage: null, from: 0.9, below: 1, gain: 11 - 2 },
    ]);
    expect([purchases, from]).toEqual([[], null]);
  });

  it('buys one stage after another, as long as the policy says so', async () => {
    const one = await follow({ first: 0.5, verified: 0.85, large: 0.9 });
    expect(one.asked).toEqual(['nli']);
    expect(one.row).toMatchObject({ decision: 'accept', bought: ['nli'], id: 'q1' });
    expect(one.purchases).toEqual([{ stage: 'nli', milliseconds: 100, known: false }]);
    const two = await follow({ first: 0.5, verified: 0.6, large: 0.75 });
    expect(two.asked).toEqual(['nli', 'large']);
    expect(two.row).toMatchObject({ decision: 'accept', bought: ['nli', 'large'], id: 'q1/large' });
    expect(two.from).toBe('large');
    expect(two.row.spent).toEqual({ money: 7, tokens: 110, milliseconds: 30, worth: 7 });
    // at .5 between the centres .2 and .8, the value of going on is 8; nli costs 2
    expect(two.steps[0]).toMatchObject({ do: 'buy', stage: 'nli', from: 0, below: 0.9, gain: expect.closeTo(6, 12) });
  });

  it('stops where nothing is good enough; the best answer is returned and not accepted', async () => {
    const { row, from } = await follow({ first: 0.5, verified: 0.65, large: 0.6 });
    expect(row).toMatchObject({
      decision: 'escalate',
      why: null,
      claim: null,
      id: 'q1',
      probability: expect.closeTo(0.65, 9),
    });
    expect(from).toBeNull();
  });

  it('does not ask for what is known already', async () => {
    const { made, bought } = world({ first: 0.5, verified: 0.85, large: 0.9 });
    const known = { ...start, first: { ...first, verifiers: { nli: 0.7 } } };
    const { row, purchases } = await followPolicy(known, policy, made);
    expect(bought).toEqual([]);
    expect(row).toMatchObject({ decision: 'accept', bought: ['nli'] });
    expect(purchases).toEqual([{ stage: 'nli', milliseconds: 0, known: true }]);
  });

  it('never accepts after a failure, even an answer with probability 1; the request is paid', async () => {
    const buy = async () => {
      throw new Error('status 500');
    };
    const { row, failed } = await follow({ first: 0.89, verified: 1, large: 1 }, { buy });
    expect(row).toMatchObject({
      decision: 'escalate',
      why: 'missing signal',
      missing: ['verifiers.nli'],
      claim: null,
      next: null,
    });
    expect(row.spent.worth).toBe(3);
    expect(failed).toEqual({ stage: 'nli', milliseconds: 0, reason: 'status 500', late: false });
  });

  it('and not after a stage that brought nothing', async () => {
    const { row, failed } = await follow({ first: 0.5, verified: 1, large: 1 }, { buy: async (_, of) => of });
    expect(row).toMatchObject({ decision: 'escalate', why: 'missing signal' });
    expect(failed).toMatchObject({ stage: 'nli', reason: 'it brought nothing', late: false });
  });

  it('gives a stage up at its deadline, and tells it to end', async () => {
    let told = false;
    const buy: World['buy'] = (_, __, signal) =>
      new Promise(() => {
        signal.addEventListener('abort', () => (told = true));
      });
    const deadlineOf = (stage: string) => (stage === 'nli' ? 20 : 60_000);
    const { row, failed } = await follow({ first: 0.5, verified: 1, large: 1 }, { buy, deadlineOf });
    expect(row.decision).toBe('escalate');
    expect(failed).toMatchObject({ stage: 'nli', reason: 'it took longer than 0.02 s', late: true });
    expect(told).toBe(true);
  });

  it('accepts nothing where the certificate does not hold, but decides and buys as before', async () => {
    const { row, asked } = await follow(
      { first: 0.5, verified: 0.85, large: 0.9 },
      { differs: ['sample temperature'] },
    );
    expect(asked).toEqual(['nli']);
    expect(row).toMatchObject({
      decision: 'escalate',
      why: 'uncertified policy',
      claim: null,
      differs: ['sample temperature'],
    });
    const { made } = world({ first: 0.95, verified: 1, large: 1 });
    const uncertified = await followPolicy(start, { ...policy, claim: null }, made);
    expect(uncertified.row).toMatchObject({ decision: 'escalate', why: 'uncertified policy', claim: null });
    const warm = { ...start, first: { ...first, decoding: { temperature: 1 } } };
    expect((await followPolicy(warm, policy, made)).row).toMatchObject({
      decision: 'escalate',
      differs: ['temperature'],
    });
  });

  it('ends when nobody waits any more', async () => {
    const gone = new AbortController();
    const buy: World['buy'] = () => {
      gone.abort(new Error('gone'));
      return new Promise(() => {});
    };
    await expect(follow({ first: 0.5, verified: 1, large: 1 }, { buy, signal: gone.signal })).rejects.toThrow('gone');
  });
});
