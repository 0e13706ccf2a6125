import type { Timed } from './timed.js';

/** The results of one backend, in the order of the cases. */
export interface BackendRun {
  backend: string;
  said: string;
  /** Whether libtensorflow itself says that its operations run on a CUDA device. */
  cuda: boolean;
  timed: Timed[];
}

/** The table of rows per second, one column for each backend, and how much faster the GPU is than the best CPU. */
export function table(runs: readonly BackendRun[]): string {
  const gpu = runs.find(({ cuda }) => cuda);
  const heads = runs.map(({ backend }) => backend);
  const rows = runs[0].timed.map(({ name, rows }, i) => {
    const speeds = runs.map(({ timed }) => (timed[i] === undefined ? '' : timed[i].rowsPerSecond.toFixed(0)));
    const factor = gpu === undefined ? '' : (gain(runs, i)?.toFixed(2) ?? '');
    return [name, String(rows), ...speeds, ...(gpu === undefined ? [] : [factor])];
  });
  const titles = ['network', 'rows', ...heads, ...(gpu === undefined ? [] : ['GPU ÷ best CPU'])];
  return [
    `| ${titles.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(titles.length - 1)}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

/** From which size on the GPU wins, for each kind of network (the first word of a case's name). */
export function verdicts(runs: readonly BackendRun[]): string[] {
  if (!runs.some(({ cuda }) => cuda)) return ['No CUDA device was used: these figures compare CPU backends only.'];
  const kinds = new Map<string, number[]>();
  runs[0].timed.forEach(({ name }, i) => {
    const kind = name.split(' ')[0];
    kinds.set(kind, [...(kinds.get(kind) ?? []), i]);
  });
  return [...kinds].map(([kind, indices]) => {
    // the first case from which on all larger ones are faster on the GPU
    const both = indices.filter((i) => gain(runs, i) !== undefined);
    if (both.length === 0) return `${kind}: no size was measured on both the GPU and a CPU.`;
    const losing = both.findLastIndex((i) => gain(runs, i)! <= 1);
    const first = both[losing + 1];
    const last = both.at(-1)!;
    if (first === undefined) return `${kind}: the GPU wins at no size that was measured, to ${sizeOf(runs, last)}.`;
    return `${kind}: the GPU wins from ${sizeOf(runs, first)} on (${gain(runs, first)!.toFixed(1)} times as fast).`;
  });
}

const sizeOf = (runs: readonly BackendRun[], i: number) => `${runs[0].timed[i].name}, ${runs[0].timed[i].rows} rows`;

/** The speed of the GPU divided by that of the fastest CPU backend; undefined if one of them did not run the case. */
function gain(runs: readonly BackendRun[], i: number): number | undefined {
  const gpu = runs.find(({ cuda }) => cuda)?.timed[i]?.rowsPerSecond;
  const cpus = runs.filter(({ cuda, timed }) => !cuda && timed[i] !== undefined);
  if (gpu === undefined || cpus.length === 0) return undefined;
  return gpu / cpus.reduce((most, { timed }) => Math.max(most, timed[i].rowsPerSecond), 0);
}
