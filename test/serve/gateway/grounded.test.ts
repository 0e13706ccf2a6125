import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fields } from '../../../data/check-value.js';
import type { Logged } from '../../../data/token-list.js';
import { openScorer } from '../../../scorer/open.js';
import type { Scorer } from '../../../scorer/scorer.js';
import type { Loaded } from '../../../serve/bundle/loaded.js';
import { chat } from '../../../serve/gateway/apis/chat.js';
import { type Ask, readAsk } from '../../../serve/gateway/upstream/ask.js';
import { fieldOf, headersOf } from '../../../serve/gateway/verdict/field.js';
import { judge } from '../../../serve/gateway/verdict/judge.js';
import type { VouchField } from '../../../serve/gateway/verdict/vouch-field.js';
import { completionFor } from '../../support/fake-upstream.js';
import { question, useGateways, yes } from '../../support/standing-gateway.js';

useGateways();

let scorer: Scorer;
beforeAll(async () => {
  scorer = await openScorer(yes);
});
afterAll(() => scorer.close());

const limits = { choices: 8, tokens: 1000, event: 1e6, events: 1000 };
const ask = readAsk(Buffer.from(JSON.stringify(question)), chat) as Ask;

/** What the gateway says of an answer where an entailment model says this of one passage. */
async function said(entails: number, contradicts: number) {
  const entailments = { nli: { passages: { entails: [entails], contradicts: [contradicts] } } };
  const score = (record: Logged) => scorer.score({ ...record, entailments });
  const loaded = { score, version: 'v' } as unknown as Loaded;
  const live = { take: () => loaded, give: () => {} };
  const failed = (error: unknown) => {
    throw error;
  };
  const response = completionFor({ logprobs: true, top_logprobs: 5 }) as Fields;
  const field = fieldOf(await judge({ live, task: null, limits, scored: () => {}, failed }, ask, response));
  return { field, header: headersOf(field)['x-vouch-grounded'] };
}

it('a contradicting passage is said in the field and in a header, and changes no decision', async () => {
  const [no, yes, open] = [await said(0.1, 0.9), await said(0.7, 0.1), await said(0.2, 0.2)];
  expect(no.field).toMatchObject({ grounded: false, groundedBy: { passage: 0, contradicts: 0.9 } });
  expect(yes.field).toMatchObject({ grounded: true, groundedBy: { passage: 0, entails: 0.7 } });
  expect([no.header, yes.header, open.header]).toEqual(['false', 'true', undefined]);
  expect(open.field).toMatchObject({ scored: true, decision: 'accept' });
  for (const { field } of [no, yes]) {
    const {
      grounded: _,
      groundedBy: __,
      ...rest
    }: Partial<VouchField & { grounded: boolean; groundedBy: object }> = field;
    expect(rest).toEqual(open.field);
  }
  expect('grounded' in open.field).toBe(false);
});
