import { join } from 'node:path';
import { writeAtomic } from '../../support/atomic.js';
import { SIGNATURE_FILE } from './kind.js';
import { type Bundle, signatureTextOf } from './read.js';
import { type NamedKey, type Signatures, signaturesIn, signManifest } from './signature.js';

/**
 * Signs a verified bundle: writes `manifest.sig` into its folder. Signatures of this manifest by other keys are kept.
 * Errors: OUT_UNWRITABLE, DISK_FULL.
 */
export async function signBundle({ dir, digest }: Bundle, key: NamedKey): Promise<Signatures> {
  const before = await signatureTextOf(dir);
  const signatures = signManifest(digest, key, before === null ? null : signaturesIn(before));
  await writeAtomic(join(dir, SIGNATURE_FILE), `${JSON.stringify(signatures, null, 1)}\n`);
  return signatures;
}
