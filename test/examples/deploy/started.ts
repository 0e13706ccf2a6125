import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a container starts: its words and variables. */
export interface Started {
  name: string;
  image: string;
  words: string[];
  env: Record<string, string>;
}

/** Folders in the containers. */
const FOLDERS =
  /(?<![\w/.$}-])\/(versions|monitor|keys|backups|secret|run\/secrets|answers|model|scores)(?=[/"\s'*]|$)/g;

/** The same with its folders below another one. */
export function below(dir: string, { words, env, ...rest }: Started): Started {
  const moved = (text: string) => text.replaceAll(FOLDERS, (_, folder: string) => `${dir}/${folder}`);
  const variables = Object.entries(env).map(([key, value]) => [key, moved(value)]);
  return { ...rest, words: words.map(moved), env: Object.fromEntries(variables) };
}

/**
 * The words after `vouch` that a container would start it with. A shell script is run by the shell, with a `vouch` that only
 * writes them down; `sleep` ends the script.
 */
export function vouchWords(started: Started): string[][] {
  const [program, ...words] = started.words;
  if (program === 'vouch') return [words];
  if (!program.endsWith('/sh')) return [];
  const dir = mkdtempSync(join(tmpdir(), 'vouch-words-'));
  try {
    const noted = join(dir, 'noted');
    writeFileSync(noted, '');
    for (const folder of ['bin', 'versions/1', 'monitor', 'run/secrets', 'backups'])
      mkdirSync(join(dir, folder), { recursive: true });
    symlinkSync('1', join(dir, 'versions/current'));
    writeFileSync(join(dir, 'run/secrets/postgres_password'), 'p');
    writeFileSync(join(dir, 'bin/vouch'), `#!/bin/sh\nprintf '%s\\n' "$@" "" >> '${noted}'\n`, { mode: 0o755 });
    writeFileSync(join(dir, 'bin/sleep'), '#!/bin/sh\nkill -TERM $PPID\n', { mode: 0o755 });
    const { words: all, env } = below(dir, started);
    const { stderr, status, signal } = spawnSync(all[0], all.slice(1), {
      ...{ encoding: 'utf8', timeout: 60_000 },
      env: { ...env, PATH: `${join(dir, 'bin')}:${process.env.PATH}`, JOB_COMPLETION_INDEX: '0' },
    });
    if (stderr !== '' || (status !== 0 && signal !== 'SIGTERM'))
      throw new Error(`${started.name}: ${status} ${stderr}`);
    const calls = readFileSync(noted, 'utf8')
      .split('\n\n')
      .filter((call) => call !== '');
    return calls.map((call) => call.split('\n'));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
