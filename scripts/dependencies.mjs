/**
 * Writes docs/dependencies.md: each direct dependency, why it is needed and what it can touch
 * (scripts/supply/reasons.json), and the licences of the whole tree. `node scripts/dependencies.mjs [--released]`; with
 * `--released` it asks the registry for the release day of each installed version (one request per package) and keeps
 * the days in scripts/supply/released.json.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { direct, installed, json, root } from './supply/facts.mjs';

const reasons = json('scripts/supply/reasons.json');
const packages = direct();
const lacking = packages.filter(({ name }) => reasons[name] === undefined).map(({ name }) => name);
if (lacking.length > 0) throw new Error(`scripts/supply/reasons.json has no entry for ${lacking.join(', ')}`);

const released = json('scripts/supply/released.json');
if (process.argv.includes('--released')) {
  for (const { name, version } of packages) released[`${name}@${version}`] ??= dayOf(name, version);
  const kept = packages.map(({ name, version }) => [`${name}@${version}`, released[`${name}@${version}`]]);
  writeFileSync(join(root, 'scripts/supply/released.json'), `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}

const rows = packages.map(({ name, version, license, brings, bytes }) => {
  const { why, touches } = reasons[name];
  const size = `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 0)} MB`;
  const day = released[`${name}@${version}`] ?? 'not asked';
  return `| ${[name, version, day, license, size, brings, why, touches].join(' | ')} |`;
});

const counts = new Map();
for (const { license, dev } of installed()) {
  const count = counts.get(license) ?? { runtime: 0, development: 0 };
  count[dev ? 'development' : 'runtime']++;
  counts.set(license, count);
}
const licences = [...counts]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([license, { runtime, development }]) => `| ${license} | ${runtime} | ${development} |`);

writeFileSync(
  join(root, 'docs/dependencies.md'),
  `# Dependencies
Written by \`node scripts/dependencies.mjs\`. package.json pins every version exactly, and package-lock.json holds a hash
of each package.

## Direct dependencies
*Size* is the size of the installed folder on Linux. *Brings* counts the packages that a dependency installs, also those
that other dependencies share. *Released* is the day on which the registry received this version.

| package | version | released | licence | size | brings | why | what it can touch |
| --- | --- | --- | --- | ---: | ---: | --- | --- |
${rows.join('\n')}

\`vouch-scorer\`, which a service installs, depends on onnxruntime-node, @huggingface/tokenizers and zod only. tfjs is imported in \`train/\` only; a test reads
the imports (test/structure.test.ts).

## Licences of the whole tree
All packages of the lock file, for all platforms. \`node scripts/bill.mjs FILE\` writes the bill of materials (CycloneDX)
with the licence of each package.

| licence | installed with vouch | for development only |
| --- | ---: | ---: |
${licences.join('\n')}

## Advisories
\`node scripts/advisories.mjs\` asks the registry for security advisories about the installed packages. It exits 1 if one
is high or critical, and prints "not reachable" if the registry offers no advisories.
`,
);

/** The day on which the registry received a version; "not reachable" if the registry does not answer. */
function dayOf(name, version) {
  try {
    const times = execFileSync('npm', ['view', name, 'time', '--json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(times)[version]?.slice(0, 10) ?? 'not stated';
  } catch {
    return 'not reachable';
  }
}
