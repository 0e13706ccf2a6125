import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readBundle } from '../../../models/bundle/read.js';
import { claimsOf } from '../../../monitor/ledgers.js';
import { withPolicyClaim } from '../../../monitor/stored/with-policy-claim.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';
import { tinyPolicy, writeTinyPolicy } from '../../support/tiny-policy.js';

it('the monitor knows the claim of a policy, under which a gateway accepted answers', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-policy-claim-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const state = { floor: 0.1, runLength: 1000 };
  const claims = async (folder: string) => claimsOf(withPolicyClaim(await readBundle(folder)), state);
  await writeTinyBundle(join(dir, 'plain'));
  const before = await claims(join(dir, 'plain'));
  await writeTinyPolicy(join(dir, 'policy'), tinyPolicy([{ name: 'logprobs' }]));
  const after = await claims(join(dir, 'policy'));
  expect([...after.keys()].filter((id) => !before.has(id))).toEqual(['policy-tiny']);
  expect(after.get('policy-tiny')).toMatchObject({ alpha: 0.1, delta: 0.05 });
  await writeTinyPolicy(join(dir, 'none'), tinyPolicy([{ name: 'logprobs' }], { claim: null }));
  expect([...(await claims(join(dir, 'none'))).keys()]).toEqual([...before.keys()]);
});
