import { join } from 'node:path';
import { VouchError } from '../../support/errors.js';
import { POLICY_FILE, type Policy, parsePolicy } from './policy.js';

/** The policy in a bundle. Error: BUNDLE_BAD if there is none. */
export function policyIn({ dir, files }: { dir: string; files: ReadonlyMap<string, Uint8Array> }): Policy {
  const content = files.get(POLICY_FILE);
  if (content === undefined) {
    throw new VouchError('BUNDLE_BAD', 'this bundle holds no policy', {
      file: dir,
      expected: POLICY_FILE,
      hint: 'Make one with `vouch policy train`.',
    });
  }
  return parsePolicy(Buffer.from(content).toString('utf8'), join(dir, POLICY_FILE));
}
