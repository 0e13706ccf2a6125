import { refusedBySystem } from './refused.js';

/** Node has it, its types do not name it; under some flags there is none. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: WasmMemory } }) => { exports: object };
};

const PAGE = 65536;

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** A compiled kernel; instances of it share the code. */
export type KernelModule = object;

/** Compiles the base64 lines of a `kernel-bytes.ts`. Error: `Refused`. */
export function kernelModule(lines: readonly string[]): KernelModule {
  return refusedBySystem(() => new WebAssembly.Module(Buffer.from(lines.join(''), 'base64')));
}

/**
 * Memory of at least so many bytes, zeroed. Who needs more later takes another one: to grow it would detach its buffer, and from
 * the first detached buffer on the engine looks at every typed array whether it still has its own. Error: `Refused`.
 */
export function kernelMemory(bytes: number): WasmMemory {
  return refusedBySystem(() => new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE)) }));
}

/** The functions of a kernel, at work on a memory. Error: `Refused`. */
export function kernelOn<Exports>(module: KernelModule, memory: WasmMemory): Exports {
  return refusedBySystem(() => new WebAssembly.Instance(module, { env: { memory } }).exports as Exports);
}
