import { list, plain } from '../markdown.js';
import { count } from '../numbers.js';
import type { DataFile, Period } from '../results.js';

/** The period of the data in words: the first and the last time in the records. */
export function periodWords(period: Period | undefined, labelled: number): string {
  if (period === undefined) return 'unknown: the records have no time';
  const { first, last, answers } = period;
  const some = answers < labelled ? ` (${count(answers)} of ${count(labelled)} answers have a time)` : '';
  return `${first} to ${last}${some}`;
}

/** The card's list of SHA-256: of the data files, and of the files of the bundle. */
export function contentHashes(
  inputs: readonly DataFile[] | undefined,
  hashes: Readonly<Record<string, string>>,
): string {
  const data = (inputs ?? []).map(({ name, bytes, sha256 }): [string, string] => [
    `Data ${name}`,
    sha256 === null
      ? 'read from a stream, so it has no hash'
      : `${sha256}${bytes === null ? '' : `, ${count(bytes)} bytes`}`,
  ]);
  const own = Object.entries(hashes).map(([name, sha256]): [string, string] => [`Bundle ${name}`, sha256]);
  const parts = [...data, ...own];
  const digest =
    'The digest of the whole bundle is the SHA-256 of manifest.json, which holds the SHA-256 of each file, also of this ' +
    'card. That is why the card cannot name it. Each score carries its first 12 digits, in the field bundle.';
  return [...(parts.length === 0 ? [] : [list(parts)]), plain(digest)].join('\n\n');
}

/** Fields that a person fills in, and where. */
export function approval(): string {
  return [
    ['Approved by:', 'Date:', 'Remarks:'].map((field) => `- ${field}`).join('\n'),
    plain(
      'Fill in a copy of this card that is kept outside of the bundle: if a file of the bundle changes, vouch refuses ' +
        'the bundle as damaged. To approve the bundle itself, sign it with vouch sign.',
    ),
  ].join('\n\n');
}
