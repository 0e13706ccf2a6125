import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Path of Chromium, installed from Debian's packages if it is missing. */
export function chromium(): string {
  const path = '/usr/bin/chromium';
  if (existsSync(path)) return path;
  execFileSync('apt-get', ['update', '-qq']);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  return path;
}
