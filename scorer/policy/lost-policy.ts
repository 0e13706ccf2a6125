import type { Bundle } from '../../models/bundle/read.js';
import { POLICY_FILE } from './policy.js';

/** What to say where a bundle is changed that holds a policy: the new one has none. Empty if it holds none. */
export function lostPolicy({ files }: Pick<Bundle, 'files'>): string[] {
  if (!files.has(POLICY_FILE)) return [];
  return [
    'The folder holds a policy. The new bundle has none, because a policy rests on the probabilities that change: ' +
      'make one with `vouch policy train`.',
  ];
}
