import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { addFault, newOutcomes, type Outcomes } from '../../test/systems/outcomes.js';
import type { Kind } from './kinds.js';
import type { Message } from './work.js';

/** Seconds of silence after which a process is ended, because it hangs in code that its own timers cannot interrupt. */
const SILENCE = 120;

export interface Watched {
  kind: Kind;
  many: number;
  seed: string;
  progress(done: number): void;
}

/** Tries a kind in its own process. A crash, a hang and a non-zero exit count as faults. */
export async function watched({ kind, many, seed, progress }: Watched): Promise<Outcomes[]> {
  const child = fork(resolve(import.meta.dirname, 'work.ts'), [kind.name, String(many), seed], {
    execArgv: ['--import', 'tsx'],
  });
  let done = 0;
  let all: Outcomes[] | null = null;
  const faults: string[] = [];
  const silent = () => {
    faults.push(`no message for ${SILENCE} s after ${done} inputs`);
    child.kill('SIGKILL');
  };
  let late = setTimeout(silent, 1000 * SILENCE);
  child.on('message', (message: Message) => {
    clearTimeout(late);
    late = setTimeout(silent, 1000 * SILENCE);
    if ('done' in message) progress((done = message.done));
    else if ('crashed' in message) faults.push(`would have crashed after ${done} inputs: ${message.crashed}`);
    else all = read(message.outcomes, message.peak);
  });
  const code = await new Promise((end) => child.on('close', (status, signal) => end(signal ?? status)));
  clearTimeout(late);
  if (code !== 0) faults.push(`the process ended with ${code} after ${done} inputs`);
  const found: Outcomes[] = all ?? [{ ...newOutcomes(kind.name), inputs: done }];
  for (const fault of faults) addFault(found[0], fault);
  return found;
}

function read(text: string, peak: number): Outcomes[] {
  const list = JSON.parse(text) as (Omit<Outcomes, 'statuses'> & { statuses: [string, number][] })[];
  return list.map((each) => ({ ...each, statuses: new Map(each.statuses), memory: peak }));
}
