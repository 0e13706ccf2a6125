import { readFileSync } from 'node:fs';

/**
 * When a process of this machine started, in the clock ticks since boot that Linux counts; null elsewhere, and where there is no such
 * process. A process id is used again after its process ended; id and start together are not. Source: proc(5), field 22 of stat.
 */
export function startOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null; // the name before it may hold spaces
  } catch {
    return null;
  }
}

/** Whether a process of this machine runs; one that may not be signalled does. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
