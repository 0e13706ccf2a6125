/**
 * From which size on a GPU is worth it: vouch's training loop on CUDA against the CPU backends, in rows per second, for
 * the probe of hidden states and the networks over signals. At most 10 minutes (`--minutes`), no network.
 * `npx tsx bench/gpu.ts [--backends cuda,libtensorflow,wasm] [--minutes 10] [--share 1] [--json FILE]`
 *
 * It checks that CUDA is really used: `isUsingGpuDevice` of tfjs-node-gpu's backend (`vouch setup-tfjs --gpu` installs
 * it). Without a GPU it runs on the CPU backends and says so. Each backend runs in a process of its own, because a
 * process can load only one libtensorflow. Cases that no longer fit into the time are left out, the largest first.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBackend } from '../train/backend/ladder.js';
import type { BackendName } from '../train/backend/rung.js';
import { cases } from './gpu/cases.js';
import { type Timed, timed } from './gpu/timed.js';
import { type BackendRun, table, verdicts } from './gpu/verdict.js';
import { machine } from './venv.js';

const { values: flags } = parseArgs({
  options: {
    backends: { type: 'string', default: 'cuda,libtensorflow,wasm' },
    minutes: { type: 'string', default: '10' },
    share: { type: 'string', default: '1' },
    json: { type: 'string' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '2' },
  },
});

/** What the process of one backend does: it times the cases until its time is over, and prints them as JSON. */
async function runOne(name: BackendName): Promise<void> {
  const until = performance.now() + 60_000 * Number(flags.minutes);
  const open = await openBackend(name);
  const cuda = (open.tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
  if (name === 'cuda' && !cuda) throw new Error('backend cuda is open, but isUsingGpuDevice is false');
  const found: Timed[] = [];
  let last = 0;
  for (const one of cases(Number(flags.share))) {
    // the next case may take several times as long as the one before
    if (performance.now() + 4 * last > until) break;
    const began = performance.now();
    found.push(await timed(open, one, Number(flags.seconds)));
    last = performance.now() - began;
    process.stderr.write(`${name}: ${one.name}, ${one.rows} rows: ${found.at(-1)!.rowsPerSecond.toFixed(0)} rows/s\n`);
  }
  const run: BackendRun = { backend: name, said: open.said, cuda, timed: found };
  process.stdout.write(`${JSON.stringify(run)}\n`);
}

function runAll(): void {
  const began = performance.now();
  const names = flags.backends.split(',');
  const runs: BackendRun[] = [];
  const missing: string[] = [];
  for (const [i, name] of names.entries()) {
    const left = Number(flags.minutes) - (performance.now() - began) / 60_000;
    const minutes = String(left / (names.length - i));
    const options = ['--only', name, '--minutes', minutes, '--share', flags.share, '--seconds', flags.seconds];
    const child = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), ...options], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.status === 0) runs.push(JSON.parse(child.stdout.trim().split('\n').at(-1)!));
    else missing.push(`${name}: ${reason(child.stderr)}`);
  }
  console.log(`# bench/gpu: ${machine()}\n`);
  for (const { said } of runs) console.log(`- ${said.split('\n')[0]}`);
  for (const line of missing) console.log(`- not run: ${line}`);
  if (runs.length === 0) {
    process.exitCode = 1;
    return;
  }
  runs.sort((a, b) => b.timed.length - a.timed.length);
  console.log(`\n${table(runs)}\n`);
  for (const line of verdicts(runs)) console.log(line);
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s in all`);
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify({ machine: machine(), runs }, null, 1)}\n`);
}

/** The line of an error that says what is wrong. */
function reason(stderr: string): string {
  return (
    stderr
      .split('\n')
      .find((line) => /error/i.test(line))
      ?.trim() ??
    stderr.trim().split('\n').at(-1) ??
    ''
  );
}

if (flags.only === undefined) runAll();
else await runOne(flags.only as BackendName);
