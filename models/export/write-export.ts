import type { FolderKind } from '../../support/folder/kind.js';
import { replaceFolder } from '../../support/folder/replace.js';
import { hashesOf } from '../bundle/write.js';
import type { ExportFiles } from './export-bundle.js';

/** The file that marks a folder as an export: its source, and the SHA-256 of every other file. */
const MARKER = 'export.json';

/** How an export's folder is recognised. */
export const exportKind: FolderKind = { marker: MARKER, keys: [], what: 'not an export' };

/**
 * Writes an export completely or not at all. An older export at the same place is replaced. Errors: OUT_EXISTS if
 * anything else is there, OUT_UNWRITABLE, DISK_FULL; after an error no incomplete files are left.
 */
export async function writeExport(dir: string, files: ExportFiles, facts: Record<string, unknown>): Promise<void> {
  const text = `${JSON.stringify({ ...facts, files: hashesOf(files) }, null, 1)}\n`;
  await replaceFolder(dir, { kind: exportKind, files: { ...files, [MARKER]: text } });
}
