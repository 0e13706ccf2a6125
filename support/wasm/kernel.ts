/** Node has it, its types do not name it. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: WasmMemory } }) => { exports: object };
};

const PAGE = 65536;

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages; `buffer` is another one afterwards. */
  grow(pages: number): number;
}

/** A compiled kernel; instances of it share the code. */
export type KernelModule = object;

/** Compiles the base64 lines of a `kernel-bytes.ts`. */
export function kernelModule(lines: readonly string[]): KernelModule {
  return new WebAssembly.Module(Buffer.from(lines.join(''), 'base64'));
}

/** Memory of at least so many bytes, zeroed. */
export function kernelMemory(bytes: number): WasmMemory {
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) + 1 });
}

/** Makes a memory hold so many bytes; true where views of it have to be made anew. */
export function growMemory(memory: WasmMemory, bytes: number): boolean {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return false;
  memory.grow(Math.ceil(missing / PAGE));
  return true;
}

/** The functions of a kernel, at work on a memory. */
export function kernelOn<Exports>(module: KernelModule, memory: WasmMemory): Exports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
}
