/**
 * Writes the bill of materials of what is installed with vouch, CycloneDX 1.5 as JSON, with the licence and the hash of each package:
 * `node scripts/bill.mjs FILE`. It comes from package-lock.json and asks no registry.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { root } from './supply/facts.mjs';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/bill.mjs FILE');
const asked = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev'];
const text = execFileSync('npm', asked, {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
  stdio: ['ignore', 'pipe', 'ignore'],
});
const { components } = JSON.parse(text);
writeFileSync(file, text);
const bare = components.filter(({ licenses = [] }) => licenses.length === 0).map(({ name }) => name);
console.log(`${file}: ${components.length} packages; without a licence: ${bare.join(', ') || 'none'}`);
