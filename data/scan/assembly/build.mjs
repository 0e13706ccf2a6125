// Compiles kernel.ts with AssemblyScript and writes ../kernel-bytes.ts. `node data/scan/assembly/build.mjs [--check]`
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = join(mkdtempSync(join(tmpdir(), 'vouch-scan-')), 'kernel.wasm');
const flags = ['--enable', 'simd', '-O3', '--runtime', 'stub', '--noAssert', '--importMemory', '--initialMemory', '1'];
const asc = fileURLToPath(new URL('../../../node_modules/assemblyscript/bin/asc.js', import.meta.url));
execFileSync(process.execPath, [asc, join(here, 'kernel.ts'), '-o', out, ...flags], { stdio: 'inherit' });
const base64 = readFileSync(out).toString('base64');
const lines = base64.match(/.{1,100}/g).map((line) => `  '${line}',`);
const text = `/** The compiled kernel (assembly/kernel.ts), as base64 lines; written by assembly/build.mjs, never by hand. */
export const kernelBytes = [
${lines.join('\n')}
];
`;
const target = join(here, '..', 'kernel-bytes.ts');
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) throw new Error('kernel-bytes.ts is not what kernel.ts compiles to');
} else writeFileSync(target, text);
