import { rm } from 'node:fs/promises';
import { outError, writeAtomic } from '../../../support/atomic.js';

/** Something that could not be asked, and why. */
export interface SetAside {
  id: string;
  reason: string;
  item: unknown;
}

/** Writes what was set aside to OUT.bad.jsonl, `{id, reason, line}` each; with nothing, takes an older one away. Gives its path or null. */
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
