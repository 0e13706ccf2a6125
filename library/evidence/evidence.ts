import { sha256 } from '../../support/digest.js';
import type { FolderKind } from '../../support/folder/kind.js';
import { checkOurs } from '../../support/folder/ours.js';
import { replaceFolder } from '../../support/folder/replace.js';
import { refuseSame } from '../../support/folder/same-place.js';
import { onlyKnown } from '../read-settings.js';
import { checkedDate, type EvidenceOptions, type EvidenceResult, evidenceOptionNames } from './evidence-options.js';
import { MARKER, SUMS } from './folder-files.js';

/** How a folder of evidence is recognised. SHA256SUMS has the hash of the marker, so the marker cannot list it. */
const evidenceKind: FolderKind = {
  marker: MARKER,
  keys: ['evidence', 'bundle', 'asOf'],
  what: 'not a folder of evidence',
  beside: /^SHA256SUMS$/,
};

/**
 * Collects what is known about one version of a bundle in a dated folder: card, report, manifest, signatures, results of
 * the monitor and of evaluations, the verified log, and which file helps with which paragraph of law and standards. The
 * folder is written as a whole, or not at all. The same inputs and date give the same bytes. Errors: those of opening a
 * bundle and a store; RESULT_BAD, BAD_USAGE, FILE_MISSING; OUT_EXISTS, OUT_UNWRITABLE, DISK_FULL. A broken chain is no
 * error: the folder says so, and so does the result.
 */
export async function evidence(options: EvidenceOptions): Promise<EvidenceResult> {
  onlyKnown(options, evidenceOptionNames);
  const { model, out, previous, store, monitor = [], evaluation = [] } = options;
  const asOf = checkedDate(options.asOf ?? new Date().toISOString().slice(0, 10));
  const inputs = [...monitor, ...evaluation, ...(store === undefined || store.includes('://') ? [] : [store])];
  await refuseSame(out, { inputs, folders: [model, ...(previous === undefined ? [] : [previous])] });
  await checkOurs(out, evidenceKind);
  const { collect } = await import('./collect.js');
  const { files, index } = await collect({ ...options, monitor, evaluation, asOf });
  await replaceFolder(out, { kind: evidenceKind, files });
  return {
    ...{ out, asOf, bundle: index.digest, sums: sha256(files[SUMS]), files: Object.keys(files).length },
    attention: [...index.attention],
    broken: index.store?.findings.length ?? null,
  };
}
