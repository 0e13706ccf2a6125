/** The functions of assembly/kernel.ts, on bytes in its memory. */
export interface ChecksumKernel {
  begin(): void;
  stripes(at: number, end: number): void;
  low(at: number, end: number, size: number): number;
}
