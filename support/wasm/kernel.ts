import { refusedBySystem } from './refused.js';

/** Node has WebAssembly, but its type definitions do not declare it. Some flags of Node remove it. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: WasmMemory } }) => { exports: object };
};

const PAGE = 65536;

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** A compiled kernel. All its instances share the code. */
export type KernelModule = object;

/** Compiles the base64 lines of a `kernel-bytes.ts`. Error: `Refused`. */
export function kernelModule(lines: readonly string[]): KernelModule {
  return refusedBySystem(() => new WebAssembly.Module(Buffer.from(lines.join(''), 'base64')));
}

/**
 * Zeroed memory of at least `bytes`. To get more memory later, create a new one: growing it would detach its buffer,
 * and after the first detached buffer the engine checks every typed array on each access. Error: `Refused`.
 */
export function kernelMemory(bytes: number): WasmMemory {
  return refusedBySystem(() => new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE)) }));
}

/** The functions of a kernel, running on a memory. Error: `Refused`. */
export function kernelOn<Exports>(module: KernelModule, memory: WasmMemory): Exports {
  return refusedBySystem(() => new WebAssembly.Instance(module, { env: { memory } }).exports as Exports);
}
