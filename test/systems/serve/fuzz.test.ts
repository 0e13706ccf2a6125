import { afterAll, expect, it } from 'vitest';
import { type Outcomes, tableOf } from '../outcomes.js';
import { fuzzRequests } from './fuzz.js';

/** 100,000 is the long run. */
const REQUESTS = Number(process.env.VOUCH_FUZZ_REQUESTS ?? 2000);
let all: Outcomes[] = [];
afterAll(() => console.log(tableOf(all)));

it('damaged requests, replies and streams have their answers, none of them a fault', async () => {
  all = await fuzzRequests({ requests: REQUESTS, seed: process.env.VOUCH_FUZZ_SEED ?? '1' });
  expect(all.flatMap(({ faults }) => faults)).toEqual([]);
  expect(all.flatMap(({ slow }) => slow)).toEqual([]);
  for (const { inputs, refused, statuses } of all) {
    expect(refused).toBeGreaterThan(inputs / 50);
    expect(statuses.get('2xx')).toBeGreaterThan(inputs / 8);
  }
});
