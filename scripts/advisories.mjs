/**
 * Asks the registry for advisories about what is installed with vouch: `node scripts/advisories.mjs`. Exit 1 where one is high or
 * critical; where the registry offers no advisories, "not reachable" and exit 0.
 */
import { spawnSync } from 'node:child_process';
import { root } from './supply/facts.mjs';

const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], { cwd: root, encoding: 'utf8' });
const said = parsed(stdout ?? '');
if (said?.metadata?.vulnerabilities === undefined) {
  console.log(`advisories: not reachable (${said?.message?.split(' - ')[0] ?? 'no answer'})`);
} else {
  const { info, low, moderate, high, critical } = said.metadata.vulnerabilities;
  console.log(`advisories: critical ${critical}, high ${high}, moderate ${moderate}, low ${low}, info ${info}`);
  for (const [name, { severity, range }] of Object.entries(said.vulnerabilities))
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
