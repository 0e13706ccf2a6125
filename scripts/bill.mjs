/**
 * Writes the bill of materials (CycloneDX 1.5, JSON) of the packages that vouch installs, with the licence and the hash
 * of each: `node scripts/bill.mjs FILE`. It reads package-lock.json and does not contact a registry. npm makes it from
 * a copy of the lock file without the development packages: `npm sbom --omit=dev` (npm 11.19) also leaves out packages
 * that vouch needs and a development package needs too.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from './supply/facts.mjs';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/bill.mjs FILE');

const { devDependencies: _, ...project } = json('package.json');
const { packages, ...lock } = json('package-lock.json');
const { devDependencies: __, ...top } = packages[''];
const wanted = Object.entries(packages).filter(([place, { dev = false }]) => place !== '' && !dev);

const scratch = mkdtempSync(join(tmpdir(), 'vouch-bill-'));
const folder = join(scratch, project.name); // npm names the component after the folder
let text = '';
try {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  const shortLock = { ...lock, packages: { '': top, ...Object.fromEntries(wanted) } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(shortLock));
  text = execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const { components } = JSON.parse(text);
writeFileSync(file, text);
const unlicensed = components.filter(({ licenses = [] }) => licenses.length === 0).map(({ name }) => name);
console.log(`${file}: ${components.length} packages; without a licence: ${unlicensed.join(', ') || 'none'}`);
