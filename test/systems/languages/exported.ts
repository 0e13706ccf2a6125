import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBundle } from '../../../models/bundle/read.js';
import { type ExportFiles, exportedOf } from '../../../models/export/export-bundle.js';
import { targets } from '../../../models/export/targets.js';
import { writeExport } from '../../../models/export/write-export.js';
import { writeEveryPartBundle } from '../../support/every-part-bundle.js';
import { writeShippedBundle } from '../../support/shipped-bundle.js';

/**
 * Exports of two bundles in every form: one trained on shipped answers (all signals, trees, patterns of their own), one of
 * random weights with every part a model can have, the text channel too.
 */
export async function exportedBundles(): Promise<{ dir: string; exports: string[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-languages-'));
  const writers = {
    trained: (to: string) => writeShippedBundle(to, 'all'),
    every: writeEveryPartBundle,
  };
  const exports: string[] = [];
  for (const [name, write] of Object.entries(writers)) {
    await write(join(dir, `${name}-bundle`));
    const bundle = await readBundle(join(dir, `${name}-bundle`));
    const exported = exportedOf(bundle, { name: 'answers', version: 1, storageUri: 'pvc://models/answers' });
    const files: ExportFiles = {};
    for (const target of targets) {
      for (const [path, content] of Object.entries(await target.files(exported)))
        files[`${target.name}/${path}`] = content;
    }
    await writeExport(join(dir, name), files, {});
    exports.push(join(dir, name));
  }
  return { dir, exports };
}
