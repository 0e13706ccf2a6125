// Copies what the build needs besides the compiled files: sources in other languages that exports carry, and the thread that
// decodes Parquet. Run after tsc.
import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? '.', '..');
for (const path of ['models/export/mlflow/vouch_pyfunc.py', 'data/read/parquet/thread.mjs'])
  copyFileSync(join(root, path), join(root, 'dist', path));
