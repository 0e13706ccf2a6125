import { expect, it } from 'vitest';
import { lostPolicy } from '../../../scorer/policy/lost-policy.js';
import { POLICY_FILE } from '../../../scorer/policy/policy.js';

it('says that a changed bundle has no policy any more, where there was one', () => {
  const files = new Map([[POLICY_FILE, new Uint8Array()]]);
  expect(lostPolicy({ files })).toEqual([expect.stringContaining('The new bundle has none')]);
  expect(lostPolicy({ files: new Map() })).toEqual([]);
});
