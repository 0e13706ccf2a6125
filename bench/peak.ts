import { readFileSync } from 'node:fs';

/**
 * The most memory that this process has had, in MB. Linux's `maxRSS` also counts what the process that started this one
 * had at that moment; its status file does not.
 */
export function peakMegabytes(): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))!;
    return Number(kilobytes) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
