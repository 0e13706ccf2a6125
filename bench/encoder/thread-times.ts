import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of one run: on the wall; of the processor in all threads, in the main thread, and in the busiest other one. */
export interface ThreadTimes {
  wall: number;
  cpu: number;
  main: number;
  other: number;
}

/** Clock ticks per second of /proc, and milliseconds between two looks at it. */
const TICKS = 100;
const EVERY = 20;

/**
 * Runs a Node script and says what each of its threads took. On a machine where others compute too, time on the wall
 * says little about threads: main + busiest other is what the run would take with a free core for each thread.
 */
export async function threadTimes(script: string, args: readonly string[]): Promise<ThreadTimes> {
  const began = performance.now();
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const seen = new Map<number, number>();
  const look = setInterval(() => {
    for (const [thread, seconds] of secondsOf(child.pid!)) seen.set(thread, seconds);
  }, EVERY);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  clearInterval(look);
  if (code !== 0) throw new Error(said);
  const main = seen.get(child.pid!)!;
  const others = [...seen].filter(([thread]) => thread !== child.pid).map(([, seconds]) => seconds);
  return {
    ...{ wall: (performance.now() - began) / 1000, main },
    cpu: others.reduce((sum, seconds) => sum + seconds, main),
    other: Math.max(0, ...others),
  };
}

/** Seconds of the processor that each thread of a process has taken; none once it has ended. */
function secondsOf(process: number): [number, number][] {
  try {
    return readdirSync(`/proc/${process}/task`).map((thread) => {
      const stat = readFileSync(`/proc/${process}/task/${thread}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [Number(thread), (Number(fields[11]) + Number(fields[12])) / TICKS];
    });
  } catch {
    return [];
  }
}
