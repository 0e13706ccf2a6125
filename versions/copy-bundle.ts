import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleKind, SIGNATURE_FILE } from '../models/bundle/kind.js';
import { readBundle, signatureTextOf } from '../models/bundle/read.js';
import { sha256 } from '../support/digest.js';
import { VouchError } from '../support/errors.js';
import { replaceFolder } from '../support/folder/replace.js';

/** Copies a bundle after checking it, byte for byte, with its signatures. Errors: those of reading and of writing. */
export async function copyBundle(from: string, to: string): Promise<void> {
  const { files, digest } = await readBundle(from);
  const manifest = await readFile(join(from, bundleKind.marker));
  if (sha256(manifest) !== digest) {
    throw new VouchError('BUNDLE_DAMAGED', 'the bundle was replaced while it was copied', { file: from });
  }
  const signatures = await signatureTextOf(from);
  await replaceFolder(to, {
    kind: bundleKind,
    files: {
      ...Object.fromEntries(files),
      ...(signatures === null ? {} : { [SIGNATURE_FILE]: signatures }),
      [bundleKind.marker]: manifest,
    },
  });
}
