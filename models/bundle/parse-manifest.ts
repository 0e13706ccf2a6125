import { VouchError } from '../../support/errors.js';
import { SIGNATURE_FILE } from './kind.js';
import { limits } from './limits.js';
import { FORMAT_VERSION, type Manifest, manifestSchema } from './manifest.js';

/** Names that mean the same single file in the folder on every operating system. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Reads a manifest. `file` is for errors: BUNDLE_DAMAGED, BUNDLE_NEWER, BUNDLE_BAD. */
export function parseManifest(file: string, text: string): Manifest {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new VouchError('BUNDLE_DAMAGED', 'the manifest is not JSON', { file, cause: error });
  }
  const version = (raw as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version > FORMAT_VERSION) {
    throw new VouchError('BUNDLE_NEWER', 'this bundle was written by a newer vouch', {
      file,
      field: 'formatVersion',
      expected: `at most ${FORMAT_VERSION}`,
      got: version,
      hint: 'Update vouch, or train again with this one.',
    });
  }
  const parsed = manifestSchema.safeParse(current(raw), { jitless: true }); // used once: compiling it would take longer
  if (parsed.success) {
    checkFiles(file, parsed.data);
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  throw new VouchError('BUNDLE_BAD', issue.message, { file, field: issue.path.join('.') });
}

/** Converts what an older vouch wrote: its claims are removed, because they do not say what they rest on. */
function current(raw: unknown): unknown {
  const version = (raw as { formatVersion?: unknown } | null)?.formatVersion;
  return typeof version === 'number' && version < FORMAT_VERSION ? { ...(raw as object), thresholds: [] } : raw;
}

/** Checks that there are few files, with plain names, and with sizes within limits if sizes are stated. */
function checkFiles(file: string, { files, sizes }: Manifest): void {
  const bad = (what: string, expected: string, got: unknown) =>
    new VouchError('BUNDLE_BAD', what, { file, field: 'files', expected, got });
  const names = Object.keys(files);
  if (names.length > limits.files)
    throw bad('the manifest lists too many files', `at most ${limits.files}`, names.length);
  for (const name of names) {
    if (!PLAIN.test(name) || name === 'manifest.json' || name === SIGNATURE_FILE)
      throw bad('the manifest lists a file name that is not allowed', 'plain names of files in the folder', name);
    if (sizes !== undefined && !Object.hasOwn(sizes, name))
      throw bad('the manifest does not state the size of a file', 'one size per file', name);
  }
  const total = names.reduce((sum, name) => sum + (sizes?.[name] ?? 0), 0);
  if (total > limits.bundle) throw bad('the bundle is too large', `at most ${limits.bundle} bytes`, total);
  for (const name of ['model.onnx', 'golden.json']) {
    if (!Object.hasOwn(files, name))
      throw new VouchError('BUNDLE_DAMAGED', `the manifest does not list ${name}`, { file });
  }
}
