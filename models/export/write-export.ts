import type { FolderKind } from '../../support/folder/kind.js';
import { replaceFolder } from '../../support/folder/replace.js';
import { hashesOf } from '../bundle/write.js';
import type { ExportFiles } from './export-bundle.js';

/** The file that marks a folder as an export: what it was made of, and the SHA-256 of every other file. */
const MARKER = 'export.json';

/** What an export's folder is known by. */
export const exportKind: FolderKind = { marker: MARKER, keys: [], what: 'no export' };

/**
 * Writes an export whole or not at all; an older export at the same place is replaced. Errors: OUT_EXISTS where anything else
 * lies there, OUT_UNWRITABLE, DISK_FULL; after any of them nothing half-written is left.
 */
export async function writeExport(dir: string, files: ExportFiles, facts: Record<string, unknown>): Promise<void> {
  const text = `${JSON.stringify({ ...facts, files: hashesOf(files) }, null, 1)}\n`;
  await replaceFolder(dir, { kind: exportKind, files: { ...files, [MARKER]: text } });
}
