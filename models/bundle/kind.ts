import type { FolderKind } from '../../support/folder/kind.js';

/** The file with the signatures of the manifest, and the names under which it is written. */
export const SIGNATURE_FILE = 'manifest.sig';

/** How a bundle's folder is recognised. */
export const bundleKind: FolderKind = {
  marker: 'manifest.json',
  keys: ['formatVersion', 'vouch'],
  what: 'not a bundle',
  beside: /^manifest\.sig(\.\d+-[0-9a-f]{6}\.partial)?$/,
};
