import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes (once) a Python venv in bench/.venv with the pinned packages of `requirements` and returns its python. */
export function venv(requirements: string, name = 'bench/.venv'): string {
  const python = join(name, 'bin', 'python');
  const stamp = join(name, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  process.stderr.write(`making a Python venv in ${name} …\n`);
  execFileSync('python3', ['-m', 'venv', name], { stdio: 'inherit' });
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements], { stdio: 'inherit' });
  writeFileSync(stamp, wanted);
  return python;
}

/** One line of facts about the machine, printed above every table. */
export function machine(): string {
  const model = spawnSync('sh', ['-c', 'grep -m1 "model name" /proc/cpuinfo | cut -d: -f2'], {
    encoding: 'utf8',
  }).stdout;
  return `${model.trim()}, node ${process.version}`;
}
