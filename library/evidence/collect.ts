import { type Bundle, manifestBytesOf, readBundle } from '../../models/bundle/read.js';
import { changesBetween } from '../../report/card/changes.js';
import { cardHtml } from '../../report/card/html.js';
import type { CardLater } from '../../report/card/later.js';
import { type EvidenceFacts, evidenceHtml } from '../../report/evidence/index-html.js';
import { mapping } from '../../report/evidence/mapping.js';
import { verifiedBundle } from '../../scorer/verified-bundle.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { versions } from '../../support/versions.js';
import { attentionOf } from './attention.js';
import { bundleFiles } from './bundle-files.js';
import type { EvidenceOptions } from './evidence-options.js';
import { type Files, MARKER, markerOf, SUMS, sumsOf } from './folder-files.js';
import { listed } from './listed.js';
import { presentIn } from './present.js';
import { evaluationResults, monitorResults } from './results.js';
import { signatureStatus } from './signature-status.js';
import { cardFactsOf } from './version.js';

/** All files of the folder, and what its index says. Errors: as for `evidence`, except those of writing. */
export async function collect(
  options: EvidenceOptions & Required<Pick<EvidenceOptions, 'monitor' | 'evaluation' | 'asOf'>>,
): Promise<{ files: Files; index: EvidenceFacts }> {
  const { model, previous, store, asOf, trusted, onProgress } = options;
  const bundle = await verifiedBundle(model, { digest: options.digest, trusted }, await openPlugins(options.plugins));
  const facts = cardFactsOf(bundle);
  const { digest } = bundle;
  const watched = await monitorResults(options.monitor, digest);
  const evaluations = await evaluationResults(options.evaluation, digest);
  const before = previous === undefined ? null : await readBundle(previous);
  const changes = before && changesBetween({ facts: cardFactsOf(before), digest: before.digest }, facts);
  const { storeEvidence } = await import('./store-evidence.js');
  const stored = store === undefined ? null : await storeEvidence(store, digest, onProgress);
  const signature = await signatureStatus(bundle, trusted);
  const later: CardLater = {
    ...{ asOf, digest },
    ...(watched.length === 0 ? {} : { watched: watched.map(({ found }) => found) }),
    ...(stored === null ? {} : { feedback: stored.feedback }),
    ...(changes === null ? {} : { changes }),
  };
  const files: Files = {
    'card.html': cardHtml(facts, later),
    ...(await bundleFiles(bundle, signature.text)),
    ...(before === null || changes === null ? {} : await previousFiles(before, changes)),
    ...Object.fromEntries([...watched, ...evaluations].map(({ path, bytes }) => [path, bytes])),
    ...stored?.files,
    'mapping.json': `${JSON.stringify(mapping, null, 1)}\n`,
  };
  const contents = listed(files);
  const index: EvidenceFacts = {
    ...{ subject: facts.subject, asOf, vouch: versions().vouch, created: facts.created, digest },
    attention: attentionOf({ bundle, facts, later, signature, evaluations, stored, asOf }),
    signature: signature.says,
    golden: goldenRows(bundle),
    store: stored?.index ?? null,
    evaluations: evaluations.map(({ found }) => found),
    present: presentIn(files),
    files: contents,
  };
  const page = { 'index.html': evidenceHtml(index) };
  const shown = [...contents, ...listed(page)];
  const marker = { [MARKER]: markerOf(shown, index, before) };
  const sums = { [SUMS]: sumsOf([...shown, ...listed(marker)]) };
  return { files: { ...files, ...page, ...marker, ...sums }, index };
}

async function previousFiles(before: Bundle, changes: object): Promise<Files> {
  return {
    'previous/manifest.json': await manifestBytesOf(before),
    'previous/changes.json': `${JSON.stringify(changes, null, 1)}\n`,
  };
}

/** The number of reference rows, which opening the bundle computes again; 0: it has none. */
function goldenRows({ files }: Bundle): number {
  const content = files.get('golden.json');
  const rows: unknown = content === undefined ? [] : JSON.parse(Buffer.from(content).toString('utf8'));
  return Array.isArray(rows) ? rows.length : 0;
}
