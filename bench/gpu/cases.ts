import type { Architecture } from '../../models/networks/types.js';
import { random } from '../../support/random.js';
import type { EncodedRows } from '../../train/learn/encoded-rows.js';
import type { LoopOptions } from '../../train/learn/networks/loop-options.js';

/** One network on so many rows: what is timed on each backend. */
export interface Case {
  name: string;
  architecture: Architecture;
  rows: number;
  loop: LoopOptions;
}

const LOOP = { learningRate: 1e-3, decay: 1e-2, epochs: 1, patience: 1, dropout: 0.2, averaging: 0.99 };

/** Widths of hidden states: SmolLM2-135M, MiniLM and BERT-base about here, 1-billion models, 7-billion models. */
const WIDTHS = [576, 1024, 2048, 4096];

/**
 * The cases, the smallest first. `probe`: SAPLMA's layers 256-128-64 (Azaria & Mitchell 2023) on hidden states; `mlp`:
 * what is fitted to signals by default, an ensemble of eight. `share` makes all numbers of rows smaller, for tests.
 */
export function cases(share = 1): Case[] {
  const rows = (n: number) => Math.max(64, Math.round(share * n));
  const probe = (inputs: number, n: number, batch: number): Case => ({
    name: `probe ${inputs}-256-128-64, batch ${batch}`,
    architecture: { inputs, hidden: [256, 128, 64], skip: false },
    rows: rows(n),
    loop: { ...LOOP, batch },
  });
  const mlp = (inputs: number, n: number): Case => ({
    name: `mlp ${inputs}-32-32 × 8, batch 256`,
    architecture: { inputs, hidden: [32, 32], skip: true, ensemble: 8 },
    rows: rows(n),
    loop: { ...LOOP, batch: 256 },
  });
  return [
    mlp(60, 2000),
    mlp(60, 20_000),
    ...WIDTHS.map((width) => probe(width, 2000, 256)),
    ...WIDTHS.map((width) => probe(width, 10_000, 1024)),
  ];
}

/** Rows of random numbers whose label follows the first of them. The same for all backends. */
export function drawnRows({ rows, architecture: { inputs } }: Case): EncodedRows {
  const draw = random('bench/gpu');
  const x = Float32Array.from({ length: rows * inputs }, () => 2 * draw.next() - 1);
  const y = Float64Array.from({ length: rows }, (_, i) => (x[i * inputs] > 0 ? 1 : 0));
  return { x, y, w: new Float64Array(rows).fill(1) };
}
