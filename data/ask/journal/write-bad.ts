import { rm } from 'node:fs/promises';
import { outError, writeAtomic } from '../../../support/atomic.js';

/** A job that failed, and why. */
export interface SetAside {
  id: string;
  reason: string;
  item: unknown;
}

/**
 * Writes failed jobs to OUT.bad.jsonl, one `{id, reason, line}` per line. If none failed, deletes an older file.
 * Returns its path or null.
 */
export async function writeBad(out: string, bad: readonly SetAside[]): Promise<string | null> {
  const path = `${out}.bad.jsonl`;
  if (bad.length > 0) {
    await writeAtomic(
      path,
      bad.map(({ id, reason, item }) => `${JSON.stringify({ id, reason, line: item })}\n`).join(''),
    );
    return path;
  }
  await rm(path, { force: true }).catch((error) => {
    throw outError(path, error);
  });
  return null;
}
