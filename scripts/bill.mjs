/**
 * Writes the bill of materials (CycloneDX 1.5, JSON) of the packages that vouch installs, with the licence and the hash
 * of each: `node scripts/bill.mjs FILE`. It reads package-lock.json and does not contact a registry.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { root } from './supply/facts.mjs';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/bill.mjs FILE');
const npmArguments = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev'];
const text = execFileSync('npm', npmArguments, {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
  stdio: ['ignore', 'pipe', 'ignore'],
});
const { components } = JSON.parse(text);
writeFileSync(file, text);
const unlicensed = components.filter(({ licenses = [] }) => licenses.length === 0).map(({ name }) => name);
console.log(`${file}: ${components.length} packages; without a licence: ${unlicensed.join(', ') || 'none'}`);
