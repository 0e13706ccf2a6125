import type { Pinning } from '../../models/bundle/pinning.js';
import { readBundle } from '../../models/bundle/read.js';
import { type OpenOptions, openBundle } from '../open.js';
import type { Scorer } from '../scorer.js';
import type { Policy } from './policy.js';
import { policyIn } from './policy-in.js';

/** An open policy, with the bundle that it uses. Close the scorer at the end. */
export interface OpenPolicy {
  policy: Policy;
  scorer: Scorer;
}

/**
 * Opens the folder of a policy, which is a bundle with policy.json in it: verifies all files and loads the graph.
 * Errors: those of opening a bundle; BUNDLE_BAD if it holds no policy.
 */
export async function openPolicy(dir: string, options: OpenOptions = {}): Promise<OpenPolicy> {
  const bundle = await readBundle(dir, options);
  const policy = policyIn(bundle);
  const { scorer } = await openBundle(bundle, options);
  return { policy, scorer };
}

/** A policy and the content of its report.json, without opening the graph. Errors: the same. */
export async function readPolicyFolder(
  dir: string,
  pinning: Pinning = {},
): Promise<{ policy: Policy; report: unknown }> {
  const bundle = await readBundle(dir, pinning);
  const policy = policyIn(bundle);
  return { policy, report: JSON.parse(Buffer.from(bundle.files.get('report.json')!).toString('utf8')) };
}
