import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { readRegular } from '../../support/files/regular-file.js';

/** Largest size of a key file, in bytes. */
const MOST_KEYS = 1024 * 1024;

/** The content of `manifest.sig`: signatures of one manifest, by different keys. */
const signaturesSchema = z.object({
  version: z.literal(1),
  algorithm: z.literal('ed25519'),
  /** SHA-256 of manifest.json, in hex. */
  manifest: z.string(),
  signatures: z.array(z.object({ key: z.string(), signature: z.string() })).max(32),
});

export type Signatures = z.infer<typeof signaturesSchema>;

/** A key and its name: the first 16 hex digits of the SHA-256 of its public part (DER, SubjectPublicKeyInfo). */
export interface NamedKey {
  name: string;
  key: KeyObject;
}

/**
 * The signed text. It is a full line, so that a signature made for another purpose never fits. `digest` is the
 * manifest's SHA-256 in hex.
 */
function signedText(digest: string): Buffer {
  return Buffer.from(`vouch bundle manifest sha256:${digest}\n`);
}

/** Signs a manifest. Signatures of the same manifest by other keys are kept. */
export function signManifest(digest: string, { name, key }: NamedKey, before: Signatures | null): Signatures {
  const own = { key: name, signature: sign(null, signedText(digest), key).toString('base64') };
  const others = before?.manifest === digest ? before.signatures.filter((each) => each.key !== name) : [];
  return { version: 1, algorithm: 'ed25519', manifest: digest, signatures: [...others, own] };
}

/**
 * The name of the trusted key that signed this manifest; null if none did. Only the signatures are trusted, not the
 * names that the file states.
 */
export function signerOf(digest: string, text: string, trusted: readonly NamedKey[]): string | null {
  const signatures = signaturesIn(text);
  const content = signedText(digest);
  for (const { signature } of signatures?.signatures ?? []) {
    const bytes = Buffer.from(signature, 'base64');
    const signer = trusted.find(({ key }) => verify(null, content, key, bytes));
    if (signer !== undefined) return signer.name;
  }
  return null;
}

/** The signatures in a text; null if it is not a signature file. */
export function signaturesIn(text: string): Signatures | null {
  try {
    return signaturesSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Reads public Ed25519 keys in PEM, one after another in one file. Errors: BAD_USAGE, FILE_MISSING, FILE_UNREADABLE.
 */
export async function readTrustedKeys(file: string): Promise<NamedKey[]> {
  const text = await readKeys(file);
  const blocks = text.match(/-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/g) ?? [];
  if (blocks.length === 0) throw badKey(file, 'public keys in PEM, as `openssl pkey -pubout` writes them');
  return blocks.map((block) => named(file, () => createPublicKey(block)));
}

/** Reads a private Ed25519 key in PEM, without a passphrase. Errors: as above. */
export async function readSigningKey(file: string): Promise<NamedKey> {
  const text = await readKeys(file);
  return named(file, () => createPrivateKey(text));
}

function named(file: string, read: () => KeyObject): NamedKey {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw badKey(file, 'an Ed25519 key in PEM without a passphrase'); // no cause: it may quote the key
  }
  if (key.asymmetricKeyType !== 'ed25519') throw badKey(file, 'an Ed25519 key');
  const open = key.type === 'private' ? createPublicKey(key) : key;
  const der = open.export({ type: 'spki', format: 'der' });
  return { name: createHash('sha256').update(der).digest('hex').slice(0, 16), key };
}

async function readKeys(file: string): Promise<string> {
  return readRegular(file, MOST_KEYS).then(
    (bytes) => bytes.toString('utf8'),
    (error) => Promise.reject(inError(file, error)),
  );
}

function badKey(file: string, expected: string): VouchError {
  const hint =
    'Make one: openssl genpkey -algorithm ed25519 -out vouch.key; openssl pkey -in vouch.key -pubout -out vouch.pub';
  return new VouchError('BAD_USAGE', 'this file does not have the key that is needed', { file, expected, hint });
}
