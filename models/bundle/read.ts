import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inError } from '../../support/atomic.js';
import { sha256 } from '../../support/digest.js';
import { VouchError } from '../../support/errors.js';
import { standing } from '../../support/folder/leftovers.js';
import { checkGraph } from './check-graph.js';
import { identityOf } from './identity.js';
import { bundleKind, SIGNATURE_FILE } from './kind.js';
import { limits } from './limits.js';
import type { Manifest } from './manifest.js';
import { parseManifest } from './parse-manifest.js';
import { checkPinning, type Pinning, type Place, readSignature } from './pinning.js';
import { readFileOf } from './read-file.js';

/** A verified bundle in memory: its manifest, the manifest's digest, and the bytes of every file. */
export interface Bundle {
  dir: string;
  manifest: Manifest;
  digest: string;
  files: Map<string, Uint8Array>;
}

/** The paths of a bundle's files. An output that replaced one of them would damage the bundle. */
export function filesOf({ dir, files }: Bundle): string[] {
  return [bundleKind.marker, SIGNATURE_FILE, ...files.keys()].map((name) => join(dir, name));
}

/** Largest number of attempts to read a bundle that is replaced meanwhile; milliseconds between attempts. */
const TRIES = 50;
const BETWEEN = 5;

/**
 * Reads a bundle and checks every file against its size and SHA-256 in the manifest. The hashes detect damage. To
 * protect against tampering, pin the manifest's own `digest`, or name the keys that may have signed it. If a bundle is
 * replaced while it is read, it is read again. Between the two renames of a writer, and if the writer was killed there,
 * the complete one of the two folders is read. Errors: FILE_MISSING, BUNDLE_BAD, BUNDLE_NEWER, BUNDLE_DAMAGED,
 * BUNDLE_UNTRUSTED.
 */
export async function readBundle(dir: string, pinning: Pinning = {}): Promise<Bundle> {
  let before: string | null | undefined;
  for (let tries = 1; ; tries++) {
    try {
      return await readOnce(dir, pinning);
    } catch (error) {
      const now = await identityOf(dir);
      if (tries >= TRIES || now === before) throw error;
      before = now;
      await sleep(BETWEEN);
    }
  }
}

/** The digest of the manifest in the folder; null if it cannot be read (opening the bundle then gives the reason). */
export async function digestAt(dir: string): Promise<string | null> {
  return readManifest(dir).then(
    ({ text }) => sha256(text),
    () => null,
  );
}

/** The bytes of the manifest of a bundle that was read before. Error: BUNDLE_DAMAGED if it was replaced since then. */
export async function manifestBytesOf({ dir, digest }: Bundle): Promise<Buffer> {
  const { path, text } = await readManifest(dir);
  const got = sha256(text);
  if (got === digest) return text;
  throw new VouchError('BUNDLE_DAMAGED', 'the manifest changed while it was read', {
    file: path,
    expected: digest,
    got,
  });
}

/** The text of the bundle's manifest.sig; null if there is none. Errors: FILE_MISSING, BUNDLE_BAD. */
export async function signatureTextOf(dir: string): Promise<string | null> {
  const { real } = await readManifest(dir);
  return readSignature({ real, dir });
}

async function readOnce(dir: string, pinning: Pinning): Promise<Bundle> {
  const { real, path, text } = await readManifest(dir);
  const found = sha256(text);
  await checkPinning({ real, dir }, found, pinning);
  const manifest = parseManifest(path, text.toString('utf8'));
  const files = await readFiles({ real, dir }, manifest);
  checkGraph(files.get('model.onnx')!, join(dir, 'model.onnx'));
  return { dir, manifest, digest: found, files };
}

/**
 * The manifest's text, and the folder with links followed. Links are followed only once, so that all files come from
 * one bundle.
 */
async function readManifest(dir: string): Promise<{ real: string; path: string; text: Buffer }> {
  const path = join(dir, bundleKind.marker);
  try {
    const real = await realpath((await standing(dir, bundleKind)) ?? dir);
    return { real, path, text: await readFileOf({ real, dir, name: bundleKind.marker }, { most: limits.manifest }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw inError(path, error);
    throw new VouchError('FILE_MISSING', 'no bundle here: manifest.json is missing', { file: dir });
  }
}

/** The bytes of all listed files, each checked against the manifest. */
async function readFiles(of: Place, { files, sizes }: Manifest): Promise<Map<string, Uint8Array>> {
  const budget: { left: number } = { left: limits.bundle };
  const contents = Object.entries(files).map(async ([name, expected]): Promise<[string, Uint8Array]> => {
    const file = join(of.dir, name);
    const most = name === 'model.onnx' ? limits.graph : limits.file;
    const content = await readFileOf({ ...of, name }, { most, budget, size: sizes?.[name] }).catch((error: unknown) => {
      if (error instanceof VouchError) throw error;
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
    return [name, content];
  });
  const settled = await Promise.allSettled(contents); // all files are closed before an error is thrown
  return new Map(settled.map((each) => (each.status === 'fulfilled' ? each.value : fail(each.reason))));
}

function fail(error: unknown): never {
  throw error;
}
