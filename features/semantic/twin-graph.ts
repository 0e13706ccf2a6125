/**
 * A graph of n texts in which twins share a node: texts with an edge of the greatest weight between them and the same
 * edges to all others. Samples repeat each other, so there are far fewer nodes than texts, and what costs nodes³ is
 * exact all the same.
 */
export class TwinGraph {
  /** Number of texts. */
  n = 0;
  nodes = 0;
  /** Edge weights [nodes, nodes]; on the diagonal the greatest weight. */
  readonly w: Float64Array;
  /** Number of texts of each node. */
  readonly count: Float64Array;
  readonly #first: Int32Array;

  constructor(most: number) {
    this.w = new Float64Array(most * most);
    this.count = new Float64Array(most);
    this.#first = new Int32Array(most);
  }

  /**
   * Reads the first n texts from `weights`, symmetric with `stride` numbers per row. `top` is the greatest weight, that
   * of a text with itself.
   */
  load(weights: Float64Array, n: number, stride: number, top: number): this {
    this.n = n;
    this.nodes = 0;
    for (let i = 0; i < n; i++) {
      const node = this.#nodeOf(i, weights, stride, top);
      if (node === this.nodes) {
        this.#first[this.nodes++] = i;
        this.count[node] = 0;
      }
      this.count[node]++;
    }
    const { nodes, w } = this;
    for (let a = 0; a < nodes; a++) {
      const row = this.#first[a] * stride;
      for (let b = 0; b < nodes; b++) w[a * nodes + b] = a === b ? top : weights[row + this.#first[b]];
    }
    return this;
  }

  /** Multiplies all weights. */
  scale(by: number): void {
    for (let at = 0; at < this.nodes * this.nodes; at++) this.w[at] *= by;
  }

  /** The node whose first text is a twin of text i; `nodes` if there is none. */
  #nodeOf(i: number, weights: Float64Array, stride: number, top: number): number {
    for (let node = 0; node < this.nodes; node++) {
      const j = this.#first[node];
      if (weights[i * stride + j] !== top) continue;
      let k = 0;
      while (k < this.n && (k === i || k === j || weights[i * stride + k] === weights[j * stride + k])) k++;
      if (k === this.n) return node;
    }
    return this.nodes;
  }
}
