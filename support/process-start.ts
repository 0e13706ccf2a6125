import { readFileSync } from 'node:fs';

/**
 * When a process of this machine started, in clock ticks since boot (Linux). Null on other systems and if there is no
 * such process. The system reuses process ids, but not the pair of id and start time. Source: proc(5), field 22 of
 * stat.
 */
export function startOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the process name before it may contain spaces
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** Whether a process of this machine runs. A process that we may not signal does run. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
