import type { Manifest } from '../../models/bundle/manifest.js';
import { digestAt, readBundle } from '../../models/bundle/read.js';
import { REFERENCE_FILE, type Reference, referenceIn } from '../../models/bundle/reference.js';
import { withPolicyClaim } from '../../monitor/stored/with-policy-claim.js';
import { POLICY_FILE, type Policy } from '../../scorer/policy/policy.js';
import { policyIn } from '../../scorer/policy/policy-in.js';
import { type ReportFacts, reportFacts } from './report-facts.js';

/** What the pages show of the bundle in use. */
export interface BundleFacts {
  digest: string;
  /** Of a policy, with its claim among those of the bundle. */
  manifest: Manifest;
  /** The report of how it was made; null if it has none, as bundles of other tools. */
  report: ReportFacts | null;
  reference: Reference | null;
  /** Null if the folder holds no policy. */
  policy: Policy | null;
}

/** Reads bundles, and remembers the last one. */
export function bundleReader(dir: string): (digest: string) => Promise<BundleFacts | null> {
  let known: BundleFacts | null = null;
  return async (digest) => {
    if (known?.digest === digest) return known;
    if ((await digestAt(dir)) !== digest) return null; // another bundle lies there: perhaps one that was refused
    const bundle = await readBundle(dir).catch(() => null); // it is being replaced; the service keeps the old one
    if (bundle === null || bundle.digest !== digest) return null;
    const { files } = bundle;
    known = {
      ...{ digest, manifest: withPolicyClaim(bundle), reference: referenceIn(files.get(REFERENCE_FILE)) },
      report: reportFacts(files.get('report.json')),
      policy: files.has(POLICY_FILE) ? policyIn(bundle) : null,
    };
    return known;
  };
}
