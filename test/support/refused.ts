import { setEnvironmentData } from 'node:worker_threads';
import { vi } from 'vitest';

/** What systems do that refuse WebAssembly: no memory, no instance, no WebAssembly at all. */
export const refusals: [string, unknown][] = [
  ['memory', { ...parts(), Memory: throwing(new RangeError('WebAssembly.Memory(): could not allocate memory')) }],
  ['instance', { ...parts(), Instance: throwing(new RangeError('Out of memory: Cannot allocate Wasm memory')) }],
  ['everything', undefined],
];

/** What Node does that may compile nothing (`--disallow-code-generation-from-strings`). */
export const noModule = { ...parts(), Module: throwing(new Error('Wasm code generation disallowed by embedder')) };

/** Lets the system refuse WebAssembly until `vi.unstubAllGlobals`; gives what is said on standard error from here on. */
export function refuseWebAssembly(webAssembly: unknown): string[] {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  setEnvironmentData('vouch: WebAssembly refused', undefined);
  vi.stubGlobal('WebAssembly', webAssembly);
  return said;
}

function parts() {
  const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: Record<string, unknown> }).WebAssembly;
  return { Memory, Module, Instance };
}

function throwing(error: Error) {
  return class {
    constructor() {
      throw error;
    }
  };
}
