import type { Bundle } from '../../models/bundle/read.js';
import { hashesOf } from '../../models/bundle/write.js';
import type { EvidenceFacts } from '../../report/evidence/index-html.js';

/** Contents of files by their path inside the folder. */
export type Files = Record<string, string | Uint8Array>;

/** The file that marks a folder of evidence, and the one with the hash of every other file. */
export const MARKER = 'evidence.json';
export const SUMS = 'SHA256SUMS';

/** evidence.json: the facts of the index for machines, and the SHA-256 and size of every other file. */
export function markerOf(files: Files, index: EvidenceFacts, before: Bundle | null): string {
  const { asOf, vouch, created, digest, attention, signature, golden, store, evaluations } = index;
  const marker = {
    ...{ evidence: 1, asOf, vouch, bundle: digest, created, previous: before?.digest ?? null },
    ...{ attention, signature, golden, store, evaluations },
    files: hashesOf(files),
    sizes: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, Buffer.byteLength(content)])),
  };
  return `${JSON.stringify(marker, null, 1)}\n`;
}

/** A hash and a path per line, as `sha256sum -c` reads them. */
export function sumsOf(files: Files): string {
  return Object.entries(hashesOf(files))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, hash]) => `${hash}  ${path}\n`)
    .join('');
}
