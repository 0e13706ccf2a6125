import type { Manifest } from '../../models/bundle/manifest.js';
import { digestAt, readBundle } from '../../models/bundle/read.js';
import { REFERENCE_FILE, type Reference, referenceIn } from '../../models/bundle/reference.js';
import type { ReportData } from '../../report/results.js';

/** What the pages show of the bundle in use. */
export interface BundleFacts {
  digest: string;
  manifest: Manifest;
  /** The report of its training; null if it has none, as bundles of other tools. */
  report: ReportData | null;
  reference: Reference | null;
}

/** Reads bundles, and remembers the last one. */
export function bundleReader(dir: string): (digest: string) => Promise<BundleFacts | null> {
  let known: BundleFacts | null = null;
  return async (digest) => {
    if (known?.digest === digest) return known;
    if ((await digestAt(dir)) !== digest) return null; // another bundle lies there: perhaps one that was refused
    const bundle = await readBundle(dir).catch(() => null); // it is being replaced; the service keeps the old one
    if (bundle === null || bundle.digest !== digest) return null;
    const report = bundle.files.get('report.json');
    known = {
      ...{ digest, manifest: bundle.manifest, reference: referenceIn(bundle.files.get(REFERENCE_FILE)) },
      report: report === undefined ? null : (JSON.parse(Buffer.from(report).toString('utf8')) as ReportData),
    };
    return known;
  };
}
