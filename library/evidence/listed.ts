import type { ListedFile } from '../../report/evidence/index-html.js';
import { sha256 } from '../../support/digest.js';

/** What each file is; those of folders by the beginning of their path. */
const SAYS: readonly (readonly [path: string, says: string])[] = [
  ['card.html', 'the card, with drift, feedback and changes as far as they were given'],
  ['bundle/card.html', 'the card as it is in the bundle'],
  ['bundle/card.md', 'the same as Markdown, for a model repository'],
  ['bundle/report.html', 'the report: quality, reliability, signals, mistakes'],
  ['bundle/report.json', 'its numbers'],
  ['bundle/golden.json', 'synthetic rows with their expected results'],
  ['bundle/manifest.json', 'what the bundle is made of, its claims and options, the hashes of its files'],
  ['bundle/manifest.sig', 'signatures of the manifest'],
  ['previous/manifest.json', 'the manifest of the previous version'],
  ['previous/changes.json', 'what changed since then, for machines'],
  ['store/audit.json', 'the verification of the log: every row computed again'],
  ['store/feedback.json', 'counts of answers of this bundle and of feedback on them'],
  ['store/decisions.jsonl', 'a random sample of decisions: row of the log, and id'],
  ['mapping.json', 'the mapping of this page, for machines'],
  ['monitor/', 'one run of vouch monitor'],
  ['evaluations/', 'one evaluation by vouch evaluate'],
];

/** The files of a folder with their sizes and hashes, in the order of their paths' folders. */
export function listed(files: Readonly<Record<string, string | Uint8Array>>): ListedFile[] {
  return Object.entries(files).map(([path, content]) => ({
    path,
    says: SAYS.find(([name]) => (name.endsWith('/') ? path.startsWith(name) : path === name))?.[1] ?? '',
    bytes: Buffer.byteLength(content),
    sha256: sha256(content),
  }));
}
