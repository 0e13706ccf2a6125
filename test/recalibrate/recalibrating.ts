import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { recalibrate } from '../../index.js';

/** A process that recalibrates the version in service, brings the new one into service, and then waits to be killed. */
export function recalibrating(
  versions: string,
  file: string,
): {
  begun: Promise<void>;
  /** When the new version is in service. */
  once: Promise<void>;
  /** Whether the kill ended it, and not an error of its own. */
  kill(): Promise<boolean>;
} {
  const env = { ...process.env, VOUCH_RECALIBRATING: JSON.stringify({ versions, file }) };
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'], env });
  const gone = new Promise<boolean>((resolve) => child.on('exit', (_, signal) => resolve(signal === 'SIGKILL')));
  const said = (what: string) =>
    new Promise<void>((resolve, reject) => {
      child.on('message', (message) => message === what && resolve());
      child.on('exit', () => reject(new Error(`it ended before it said ${what}`)));
    });
  const [begun, once] = [said('begun'), said('whole')];
  once.catch(() => {}); // most are killed before
  return {
    begun,
    once,
    kill: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

async function work({ versions, file }: { versions: string; file: string }): Promise<void> {
  process.send!('begun');
  const how = { drawn: 1, change: 'calibrator', targetError: 0.2, confidence: 0.9 } as const;
  await recalibrate(file, { versions, promote: true, ...how });
  process.send!('whole');
  setInterval(() => {}, 60_000); // until it is killed
}

if (process.env.VOUCH_RECALIBRATING !== undefined) void work(JSON.parse(process.env.VOUCH_RECALIBRATING));
