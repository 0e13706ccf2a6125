import { checkReplaceable, replaceFolder } from '../../support/folder.js';
import { hashesOf } from '../bundle/write.js';
import type { ExportFiles } from './export-bundle.js';

/** The file that marks a folder as an export: what it was made of, and the SHA-256 of every other file. */
export const MARKER = 'export.json';

/**
 * Writes an export whole or not at all; an older export at the same place is replaced. Errors: OUT_EXISTS where something else
 * lies there, OUT_UNWRITABLE, DISK_FULL; after any of them nothing half-written is left.
 */
export async function writeExport(dir: string, files: ExportFiles, facts: Record<string, unknown>): Promise<void> {
  await checkReplaceable(dir, MARKER, 'no export');
  const text = `${JSON.stringify({ ...facts, files: hashesOf(files) }, null, 1)}\n`;
  await replaceFolder(dir, { ...files, [MARKER]: text });
}
