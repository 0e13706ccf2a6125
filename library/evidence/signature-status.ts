import { type Bundle, signatureTextOf } from '../../models/bundle/read.js';
import { type NamedKey, signaturesIn, signerOf } from '../../models/bundle/signature.js';

/** What is known about the signature of a bundle. */
export interface SignatureStatus {
  /** The content of manifest.sig; null if there is none. */
  text: string | null;
  /** In a sentence. */
  says: string;
  /** Whether a trusted key signed this manifest. */
  isVerified: boolean;
}

/**
 * The status of a bundle's signature. Names of keys in the file are only what the file states; a signature counts as
 * verified if one of the `trusted` keys made it. Errors: those of reading manifest.sig.
 */
export async function signatureStatus(
  bundle: Bundle,
  trusted: readonly NamedKey[] | undefined,
): Promise<SignatureStatus> {
  const text = await signatureTextOf(bundle.dir);
  if (text === null) return { text, says: 'not signed', isVerified: false };
  const signatures = signaturesIn(text);
  if (signatures === null) return { text, says: 'manifest.sig cannot be read', isVerified: false };
  if (signatures.manifest !== bundle.digest) {
    return { text, says: 'manifest.sig signs another manifest, so this bundle is not signed', isVerified: false };
  }
  const signer = signerOf(bundle.digest, text, trusted ?? []);
  if (signer !== null) return { text, says: `signed by the trusted key ${signer}, verified`, isVerified: true };
  const names = signatures.signatures.map(({ key }) => key).join(', ');
  return {
    text,
    says: `the file states signatures by ${names || 'nobody'}; not verified, because no trusted key was given (--trusted-keys)`,
    isVerified: false,
  };
}
