import { kernelModule, kernelOn, type WasmMemory } from '../../support/wasm/kernel.js';
import { kernelBytes } from './kernel-bytes.js';

/** The functions of assembly/kernel.ts. All places are byte addresses. */
export interface Kernel {
  encode(x: number, slope: number, offset: number, y: number, n: number): void;
  flags(x: number, y: number, n: number): void;
  trees(columns: number, thresholds: number, leaves: number, depth: number, groups: number): number;
  dense(x: number, w: number, b: number, y: number, d: number, h: number, activation: number): void;
  dot(x: number, w: number, n: number): number;
}

export function scoringKernel(memory: WasmMemory): Kernel {
  return kernelOn(kernelModule(kernelBytes), memory);
}
