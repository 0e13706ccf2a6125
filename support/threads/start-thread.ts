import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts `thread.js`, which is next to the module with the URL `from`. Where TypeScript runs without a build, it starts
 * `thread.ts` instead, with the loader that reads TypeScript.
 */
export function startThread(from: string, options: WorkerOptions): Worker {
  if (!from.endsWith('.ts')) return new Worker(new URL('./thread.js', from), options);
  const module = new URL('./thread.ts', from).href;
  return new Worker(new URL('./from-sources.mjs', import.meta.url), { ...options, argv: [module] });
}
