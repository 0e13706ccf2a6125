import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportData } from '../../report/results.js';

/** Time and memory of one `vouch train`, including threads. If it failed, `fault` is set and there are no parts. */
export interface Run {
  seconds: number;
  /** Processor time, in user and system mode, in seconds. A shared machine changes it least. */
  cpu: number;
  peakMb: number;
  /** Seconds of each part, as the report states them. */
  parts: Record<string, number> | null;
  fault: string | null;
}

/** Trains on a file with the built command, measured by `time`. `further` has more arguments. */
export function oneRun(answers: string, out: string, further: string[]): Run {
  const train = ['dist/scripts/vouch.js', 'train', answers, '--out', out, '--quiet', ...further];
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', 'node', ...train], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const lines = stderr.trimEnd().split('\n');
  const [seconds, user, system, kb] = lines.at(-1)!.split(' ').map(Number);
  const measured = { seconds, cpu: user + system, peakMb: kb / 1024 };
  if (status !== 0) return { ...measured, parts: null, fault: lines.at(-3) ?? `exit ${status}` };
  const { timings } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as ReportData;
  return { ...measured, parts: timings, fault: null };
}
