// Compiles each FOLDER/assembly/kernel.ts with AssemblyScript into FOLDER/kernel-bytes.ts. Run it with `node
// support/wasm/build.mjs [--check]`
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folders = ['data/scan', 'data/read/unpack', 'features/tokens', 'scorer/direct'];
const root = fileURLToPath(new URL('../../', import.meta.url));
const asc = join(root, 'node_modules/assemblyscript/bin/asc.js');
const flags = ['--enable', 'simd', '-O3', '--runtime', 'stub', '--noAssert', '--importMemory', '--initialMemory', '1'];

for (const folder of folders) {
  const out = join(mkdtempSync(join(tmpdir(), 'vouch-kernel-')), 'kernel.wasm');
  execFileSync(process.execPath, [asc, join(root, folder, 'assembly/kernel.ts'), '-o', out, ...flags], {
    stdio: 'inherit',
  });
  const base64 = readFileSync(out).toString('base64');
  const lines = base64.match(/.{1,100}/g).map((line) => `  '${line}',`);
  const comment =
    'The compiled kernel (assembly/kernel.ts), as base64 lines; written by support/wasm/build.mjs, never by hand.';
  const text = `/** ${comment} */
export const kernelBytes = [
${lines.join('\n')}
];
`;
  const target = join(root, folder, 'kernel-bytes.ts');
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) throw new Error(`${target} is not what its kernel.ts compiles to`);
}
