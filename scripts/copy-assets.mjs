// Copies the files that the build needs besides the compiled ones: sources in other languages, which exports contain,
// the thread that decodes Parquet, and the schema of config files, which editors read. Run it after tsc.
import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? '.', '..');
for (const path of ['models/export/mlflow/vouch_pyfunc.py', 'data/read/parquet/thread.mjs'])
  copyFileSync(join(root, path), join(root, 'dist', path));
copyFileSync(join(root, 'docs/config.schema.json'), join(root, 'dist/config.schema.json'));
