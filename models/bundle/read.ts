import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { FORMAT_VERSION, type Manifest, manifestSchema } from './manifest.js';
import { sha256 } from './write.js';

/** A verified bundle in memory: its manifest, the manifest's digest, and the bytes of every file. */
export interface Bundle {
  dir: string;
  manifest: Manifest;
  digest: string;
  files: Map<string, Uint8Array>;
}

/**
 * Reads a bundle and checks every file against its SHA-256 in the manifest. The hashes catch damage; against tampering
 * pass the manifest's own `digest`. Errors: FILE_MISSING, BUNDLE_BAD, BUNDLE_NEWER, BUNDLE_DAMAGED.
 */
export async function readBundle(dir: string, digest?: string): Promise<Bundle> {
  const path = join(dir, 'manifest.json');
  const text = await readFile(path).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? new VouchError('FILE_MISSING', 'no bundle here: manifest.json is missing', { file: dir })
      : inError(path, error);
  });
  const found = sha256(text);
  if (digest !== undefined && digest !== found) {
    throw new VouchError('BUNDLE_DAMAGED', 'the manifest is not the pinned one', {
      file: path,
      expected: digest,
      got: found,
    });
  }
  const manifest = parseManifest(path, text.toString('utf8'));
  const files = new Map<string, Uint8Array>();
  for (const [name, expected] of Object.entries(manifest.files)) {
    const file = join(dir, name);
    const content = await readFile(file).catch((error: unknown) => {
      throw new VouchError('BUNDLE_DAMAGED', 'a file of the bundle cannot be read', { file, cause: error });
    });
    const got = sha256(content);
    if (got !== expected) {
      throw new VouchError('BUNDLE_DAMAGED', 'the file differs from its SHA-256 in the manifest', {
        file,
        expected,
        got,
      });
    }
    files.set(name, content);
  }
  for (const name of ['model.onnx', 'golden.json']) {
    if (!files.has(name)) throw new VouchError('BUNDLE_DAMAGED', `the manifest lists no ${name}`, { file: path });
  }
  return { dir, manifest, digest: found, files };
}

/** What is written by an older vouch as this one reads it: without claims, as they do not say what they rest on. */
function current(raw: unknown): unknown {
  const version = (raw as { formatVersion?: unknown } | null)?.formatVersion;
  return typeof version === 'number' && version < FORMAT_VERSION ? { ...(raw as object), thresholds: [] } : raw;
}

function parseManifest(path: string, text: string): Manifest {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new VouchError('BUNDLE_DAMAGED', 'the manifest is not JSON', { file: path, cause: error });
  }
  const version = (raw as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version > FORMAT_VERSION) {
    throw new VouchError('BUNDLE_NEWER', 'this bundle was written by a newer vouch', {
      file: path,
      field: 'formatVersion',
      expected: `at most ${FORMAT_VERSION}`,
      got: version,
      hint: 'Update vouch, or train again with this one.',
    });
  }
  const parsed = manifestSchema.safeParse(current(raw), { jitless: true }); // once: code for it would take longer to make
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new VouchError('BUNDLE_BAD', issue.message, { file: path, field: issue.path.join('.') });
}
