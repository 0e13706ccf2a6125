/**
 * Asks the npm registry for security advisories about the packages that vouch installs:
 * `node scripts/advisories.mjs`. Exits 1 if an advisory is high or critical. If the registry offers no advisories, the
 * script prints "not reachable" and exits 0.
 */
import { spawnSync } from 'node:child_process';
import { root } from './supply/facts.mjs';

const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], { cwd: root, encoding: 'utf8' });
const audit = parsed(stdout ?? '');
if (audit?.metadata?.vulnerabilities === undefined) {
  console.log(`advisories: not reachable (${audit?.message?.split(' - ')[0] ?? 'no answer'})`);
} else {
  const { info, low, moderate, high, critical } = audit.metadata.vulnerabilities;
  console.log(`advisories: critical ${critical}, high ${high}, moderate ${moderate}, low ${low}, info ${info}`);
  for (const [name, { severity, range }] of Object.entries(audit.vulnerabilities))
    console.log(`${severity}: ${name} ${range}`);
  process.exitCode = high + critical > 0 ? 1 : 0;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
