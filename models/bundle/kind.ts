import type { FolderKind } from '../../support/folder/kind.js';

/** The file that holds signatures of the manifest, and the names under which it is written. */
export const SIGNATURE_FILE = 'manifest.sig';

/** What a bundle's folder is known by. */
export const bundleKind: FolderKind = {
  marker: 'manifest.json',
  keys: ['formatVersion', 'vouch'],
  what: 'not a bundle',
  beside: /^manifest\.sig(\.\d+-[0-9a-f]{6}\.partial)?$/,
};
