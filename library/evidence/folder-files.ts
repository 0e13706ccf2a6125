import type { Bundle } from '../../models/bundle/read.js';
import type { EvidenceFacts, ListedFile } from '../../report/evidence/index-html.js';

/** Contents of files by their path inside the folder. */
export type Files = Record<string, string | Uint8Array>;

/** The file that marks a folder of evidence, and the one with the hash of every other file. */
export const MARKER = 'evidence.json';
export const SUMS = 'SHA256SUMS';

/** evidence.json: the facts of the index for machines, and the SHA-256 and size of every other file. */
export function markerOf(files: readonly ListedFile[], index: EvidenceFacts, before: Bundle | null): string {
  const { asOf, vouch, created, digest, attention, signature, golden, store, evaluations } = index;
  const marker = {
    ...{ evidence: 1, asOf, vouch, bundle: digest, created, previous: before?.digest ?? null },
    ...{ attention, signature, golden, store, evaluations },
    files: Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256])),
    sizes: Object.fromEntries(files.map(({ path, bytes }) => [path, bytes])),
  };
  return `${JSON.stringify(marker, null, 1)}\n`;
}

/** A hash and a path per line, as `sha256sum -c` reads them. */
export function sumsOf(files: readonly ListedFile[]): string {
  return [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('');
}
