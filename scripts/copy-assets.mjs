// Copies what the build needs besides the compiled files: sources in other languages that exports carry. Run after tsc.
import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? '.', '..');
for (const path of ['models/export/mlflow/vouch_pyfunc.py']) copyFileSync(join(root, path), join(root, 'dist', path));
