import type { Tf } from '../../models/networks/types.js';

/** Milliseconds of wall-clock time by tfjs kernel. */
export type Profile = ReadonlyMap<string, number>;

/** Measures the kernels of the backend in use while `run` runs. Kernels that call kernels count what these take, too. */
export async function profiled(tf: Tf, run: () => Promise<unknown>): Promise<Profile> {
  const spent = new Map<string, number>();
  const kernels = tf.getKernelsForBackend(tf.getBackend()) as { kernelName: string; kernelFunc: Kernel }[];
  const before = kernels.map(({ kernelFunc }) => kernelFunc);
  for (const kernel of kernels) {
    const { kernelName, kernelFunc } = kernel;
    kernel.kernelFunc = (params) => {
      const start = performance.now();
      const result = kernelFunc(params);
      spent.set(kernelName, (spent.get(kernelName) ?? 0) + performance.now() - start);
      return result;
    };
  }
  try {
    await run();
  } finally {
    for (const [k, kernel] of kernels.entries()) kernel.kernelFunc = before[k];
  }
  return spent;
}

type Kernel = (params: unknown) => unknown;

/** The largest shares of the whole time, and what is not in a kernel: `BatchMatMul 52%, …, outside of kernels 11%`. */
export function sharesOf(profile: Profile, whole: number): string {
  const parts = [...profile].sort((a, b) => b[1] - a[1]).filter(([, spent]) => spent > 0.02 * whole);
  const inside = [...profile.values()].reduce((sum, spent) => sum + spent, 0);
  const share = (spent: number) => `${Math.round((100 * spent) / whole)}%`;
  return [
    ...parts.map(([name, spent]) => `${name} ${share(spent)}`),
    `outside of kernels ${share(whole - inside)}`,
  ].join(', ');
}
