import type { Graph } from './graph.js';

/**
 * Arithmetic on float64 nodes, so that code reads like a formula. A number stands for a constant. Reductions keep the
 * axis.
 */
export class Doubles {
  constructor(readonly graph: Graph) {}

  /** Makes a number a constant; returns the name of a node unchanged. */
  of(value: string | number): string {
    return typeof value === 'number' ? this.graph.doubles([value], []) : value;
  }

  add(a: string | number, b: string | number): string {
    return this.graph.op('Add', [this.of(a), this.of(b)]);
  }

  sub(a: string | number, b: string | number): string {
    return this.graph.op('Sub', [this.of(a), this.of(b)]);
  }

  mul(a: string | number, b: string | number): string {
    return this.graph.op('Mul', [this.of(a), this.of(b)]);
  }

  div(a: string | number, b: string | number): string {
    return this.graph.op('Div', [this.of(a), this.of(b)]);
  }

  least(a: string | number, b: string | number): string {
    return this.graph.op('Min', [this.of(a), this.of(b)]);
  }

  most(a: string | number, b: string | number): string {
    return this.graph.op('Max', [this.of(a), this.of(b)]);
  }

  neg(a: string): string {
    return this.graph.op('Neg', [a]);
  }

  exp(a: string): string {
    return this.graph.op('Exp', [a]);
  }

  log(a: string): string {
    return this.graph.op('Log', [a]);
  }

  sqrt(a: string): string {
    return this.graph.op('Sqrt', [a]);
  }

  /** Returns booleans. */
  less(a: string | number, b: string | number): string {
    return this.graph.op('Less', [this.of(a), this.of(b)]);
  }

  greater(a: string | number, b: string | number): string {
    return this.graph.op('Greater', [this.of(a), this.of(b)]);
  }

  isNaN(a: string): string {
    return this.graph.op('IsNaN', [a]);
  }

  not(a: string): string {
    return this.graph.op('Not', [a]);
  }

  and(a: string, b: string): string {
    return this.graph.op('And', [a, b]);
  }

  or(a: string, b: string): string {
    return this.graph.op('Or', [a, b]);
  }

  where(condition: string, a: string | number, b: string | number): string {
    return this.graph.op('Where', [condition, this.of(a), this.of(b)]);
  }

  /** 1 where true, else 0. */
  ones(condition: string): string {
    return this.graph.op('Cast', [condition], { to: DOUBLE });
  }

  /** Sum over the last axis, which stays with length 1. */
  sum(a: string): string {
    return this.graph.op('ReduceSum', [a, this.graph.ints([-1], [1])], { keepdims: 1 });
  }

  max(a: string): string {
    return this.graph.op('ReduceMax', [a, this.graph.ints([-1], [1])], { keepdims: 1 });
  }

  min(a: string): string {
    return this.graph.op('ReduceMin', [a, this.graph.ints([-1], [1])], { keepdims: 1 });
  }

  /** Entries `from` up to `to` of the last axis; without `to`, up to its end. */
  slice(a: string, from: number, to = Number.MAX_SAFE_INTEGER): string {
    const { graph } = this;
    return graph.op('Slice', [a, graph.ints([from], [1]), graph.ints([to], [1]), graph.ints([-1], [1])]);
  }

  /** Removes the last axis, whose length must be 1. */
  squeeze(a: string): string {
    return this.graph.op('Squeeze', [a, this.graph.ints([-1], [1])]);
  }

  /** Adds an axis of length 1 at the end. */
  unsqueeze(a: string): string {
    return this.graph.op('Unsqueeze', [a, this.graph.ints([-1], [1])]);
  }

  /** Adds this many entries, NaN, at the end of each axis. */
  padded(a: string, more: number[]): string {
    const { graph } = this;
    return graph.op('Pad', [a, graph.ints([...more.map(() => 0), ...more], [2 * more.length]), this.of(Number.NaN)]);
  }
}

/** onnx.TensorProto.DataType of float32 and float64. */
export const FLOAT = 1;
const DOUBLE = 11;
