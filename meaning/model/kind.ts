import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../../data/check-value.js';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';

/**
 * What encoder.json of a folder says that it holds: an entailment model (`"kind": "nli"`) or a tuned encoder
 * (`"kind": "tuned"`); null for everything else. A file that cannot be read says nothing; opening the model tells what
 * is wrong with it.
 */
export async function kindOf(dir: string): Promise<'nli' | 'tuned' | null> {
  const kind = await kindIn(dir).catch(() => undefined);
  return kind === 'nli' || kind === 'tuned' ? kind : null;
}

/** Those of the folders that hold entailment models. */
export async function nliAmong(dirs: readonly string[]): Promise<string[]> {
  const kinds = await Promise.all(dirs.map(kindOf));
  return dirs.filter((_, i) => kinds[i] === 'nli');
}

/** Refuses folders that do not hold entailment models. Errors: FILE_MISSING, FILE_UNREADABLE, ENCODER_BAD. */
export async function checkNli(dirs: readonly string[]): Promise<void> {
  for (const dir of dirs) {
    const got = await kindIn(dir);
    if (got === 'nli') continue;
    const detail = { file: join(dir, 'encoder.json'), field: 'kind', expected: 'nli', got };
    throw new VouchError('ENCODER_BAD', 'this is not an entailment model', detail);
  }
}

/** The `kind` in encoder.json; undefined if there is none. */
async function kindIn(dir: string): Promise<unknown> {
  const file = join(dir, 'encoder.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw inError(file, error);
  });
  try {
    const settings: unknown = JSON.parse(text);
    return isObject(settings) ? settings.kind : undefined;
  } catch (cause) {
    throw new VouchError('ENCODER_BAD', 'this file is not JSON', { file, cause });
  }
}
