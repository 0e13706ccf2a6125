#!/usr/bin/env node
// The program `vouch`. It is here, and not among the compiled files, so that npm can link it in a clone that is not built.
import { existsSync } from 'node:fs';

const built = new URL('../dist/scripts/vouch.js', import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  process.stderr.write('vouch: this clone is not built. Run npm run build.\n');
  process.exitCode = 1;
}
