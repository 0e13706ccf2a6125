import { join } from 'node:path';
import { VouchError } from '../../support/errors.js';
import { SIGNATURE_FILE } from './kind.js';
import { limits } from './limits.js';
import { readFileOf } from './read-file.js';
import { type NamedKey, signerOf } from './signature.js';

/** Where a bundle must come from. If nothing is set, any bundle is accepted. */
export interface Pinning {
  /** SHA-256 of its manifest, in hex. */
  digest?: string;
  /** Trusted keys: one of them must have signed the manifest. */
  trusted?: readonly NamedKey[];
}

/** The folder of a bundle: its real path with all links followed, and the path that the caller gave. */
export interface Place {
  real: string;
  dir: string;
}

/**
 * Refuses a manifest that is not the pinned one, or not signed by a trusted key. Errors: BUNDLE_DAMAGED,
 * BUNDLE_UNTRUSTED.
 */
export async function checkPinning(place: Place, found: string, { digest, trusted }: Pinning): Promise<void> {
  if (digest !== undefined && digest.toLowerCase() !== found) {
    throw new VouchError('BUNDLE_DAMAGED', 'the manifest is not the pinned one', {
      file: join(place.dir, 'manifest.json'),
      expected: digest,
      got: found,
    });
  }
  if (trusted === undefined) return;
  const file = join(place.dir, SIGNATURE_FILE);
  const text = await readSignature(place);
  const names = trusted.map(({ name }) => name).join(' or ');
  const expected = `a signature by ${names || 'a trusted key, but no key is trusted'}`;
  if (text === null) throw new VouchError('BUNDLE_UNTRUSTED', 'the bundle is not signed', { file, expected });
  if (signerOf(found, text, trusted) === null)
    throw new VouchError('BUNDLE_UNTRUSTED', 'no trusted key signed this manifest', { file, expected });
}

/** The text of manifest.sig; null if the file does not exist. Errors: BUNDLE_BAD. */
export async function readSignature(place: Place): Promise<string | null> {
  try {
    const bytes = await readFileOf({ ...place, name: SIGNATURE_FILE }, { most: limits.signature });
    return bytes.toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
