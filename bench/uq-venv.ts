import { execFileSync, spawnSync } from 'node:child_process';
import { venv } from './venv.js';

/** Makes (once) bench/.venv-uq with uqlm and lm-polygraph (6 GB, because both depend on torch); returns its python. */
export function uqVenv(): string {
  const python = venv('bench/requirements-uq.txt', 'bench/.venv-uq');
  const there = spawnSync(python, ['-c', 'import lm_polygraph'], { stdio: 'ignore' }).status === 0;
  // its dependencies conflict with uqlm's; those that its estimators import are listed in the requirements
  if (!there)
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', 'lm-polygraph==0.7.0'], { stdio: 'inherit' });
  return python;
}
