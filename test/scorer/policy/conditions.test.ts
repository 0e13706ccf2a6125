import { describe, expect, it } from 'vitest';
import type { Case } from '../../../scorer/policy/case.js';
import { conditionsOf, differences } from '../../../scorer/policy/conditions.js';
import type { Policy } from '../../../scorer/policy/policy.js';
import { parsePrices } from '../../../scorer/policy/prices.js';
import { repriced } from '../../../scorer/policy/repriced.js';

const raw = {
  first: { model: 'small' },
  stages: [
    { name: 'samples', k: 5, price: { money: 1 } },
    { name: 'large', model: 'large', price: { money: 3 } },
  ],
  wrong: 10,
  abstain: 1,
};
const prices = parsePrices(raw);

const caseOf = (change: object = {}, system = 'Be brief.'): Case => ({
  group: 'q',
  first: {
    ...{ id: 'q/small', model: 'small', answer: 'yes', decoding: { temperature: 0 } },
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: 'Is it?' },
    ],
    samples: [{ answer: 'yes', temperature: 0.8 }],
    ...change,
  },
  others: new Map(),
});

describe('the conditions of a certificate', () => {
  const conditions = conditionsOf([caseOf(), caseOf({ decoding: { temperature: 0.2 } })], prices);

  it('name models, temperatures, k and system prompts', () => {
    expect(conditions).toMatchObject({
      models: ['small'],
      stages: { samples: { k: 5 }, large: { model: 'large' } },
      temperatures: [0, 0.2],
      sampleTemperatures: [0.8],
    });
    expect(conditions.prompts).toHaveLength(1);
  });

  it('cover what is alike, and name what differs', () => {
    expect(differences(caseOf(), conditions)).toEqual([]);
    expect(differences(caseOf({ model: 'small-v2' }), conditions)).toEqual(['model']);
    expect(differences(caseOf({ decoding: { temperature: 1 } }), conditions)).toEqual(['temperature']);
    expect(differences(caseOf({ samples: [{ answer: 'no', temperature: 1 }] }), conditions)).toEqual([
      'sample temperature',
    ]);
    expect(differences(caseOf({}, 'Think first.'), conditions)).toEqual(['prompt']);
    const answeredBy = (model: string) => ({ ...caseOf(), others: new Map([['large', { ...caseOf().first, model }]]) });
    expect(differences(answeredBy('large'), conditions)).toEqual([]);
    expect(differences(answeredBy('large-2'), conditions)).toEqual(['model of large']);
  });
});

describe('a policy at other prices', () => {
  const claim = { id: 'policy-1', alpha: 0.05, delta: 0.05, guarantee: 'finite-sample' as const, method: 'm' };
  const policy = {
    plan: { order: ['samples', 'large'], cuts: [] },
    conditions: conditionsOf([caseOf()], prices),
    ...{ prices, claim: { ...claim, groups: 100, acceptedGroups: 80, coverage: 0.8, error: 0.01 } },
  } as unknown as Policy;
  const at = (change: object) => repriced(policy, parsePrices({ ...raw, ...change }));

  it('keeps its certificate', () => {
    const dearer = at({ wrong: 50, stages: [{ ...raw.stages[0], price: { money: 7 } }, raw.stages[1]] });
    expect(dearer.voided).toEqual([]);
    expect(dearer.policy.claim).toBe(policy.claim);
    expect(dearer.policy.prices.stages[0].price.money).toBe(7);
    expect(dearer.policy.plan).toBe(policy.plan);
  });

  it.each([
    ['another k', { stages: [{ ...raw.stages[0], k: 3 }, raw.stages[1]] }],
    ['another model', { stages: [raw.stages[0], { ...raw.stages[1], model: 'larger' }] }],
    ['another first model', { first: { model: 'tiny' } }],
    ['other fields', { stages: [raw.stages[0], { ...raw.stages[1], fields: ['tokens'] }] }],
    ['a stage less', { stages: [raw.stages[0]] }],
  ])('loses it with %s', (_, change) => {
    const changed = at(change);
    expect(changed.policy.claim).toBeNull();
    expect(changed.voided).toHaveLength(1);
  });
});
