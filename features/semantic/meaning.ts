import type { Sample } from '../../data/record.js';
import { degreeUncertainty, type Spectrum, spectrumOf } from './graph.js';
import { type KernelEntropies, kernelEntropies } from './kernel-entropy.js';
import { cocoa, semanticDensity, sentenceSar } from './likely.js';
import { discreteEntropy, givenSets, semanticSets, weightedEntropy } from './sets.js';
import { TwinGraph } from './twin-graph.js';

/** The most samples in a graph of texts: its measures cost n³ and take the first ones. Sets and means take all. */
export const MOST_IN_GRAPH = 20;
/** The most samples that are compared at all. */
const MOST_SAMPLES = 32;

/** One source's view on the answer and its n samples. Sample i is counted from 0. */
export interface MeaningSource {
  n: number;
  samples: readonly Sample[];
  /** How alike two samples are, 0..1, symmetric. */
  alike(i: number, j: number): number;
  /** How alike the answer and a sample are, 0..1. */
  near(i: number): number;
  /** Samples that are at least so alike mean the same; null where the source cannot tell. */
  sameAt: number | null;
  /** Whether two samples mean the same, where likeness does not decide it. */
  areEqual?(i: number, j: number): boolean;
  /** Weight of the edge between two samples in the graph of kernel language entropy, 0..2. Absent: 2 · alike. */
  weight?(i: number, j: number): number;
  /** Kernel of semantic density between the answer and a sample, 0..1. Absent: near. */
  kernel?(i: number): number;
  /** Sum and mean of the log-probabilities of each sample's tokens; NaN where not recorded. */
  sums: Float64Array;
  logprobs: Float64Array;
}

/**
 * How the samples, and the answer with them, relate in meaning. Everything is computed when it is first read, and kept
 * until the next `load`. Sets are those of the record where all samples have a `cluster`.
 */
export class Meaning {
  #source!: MeaningSource;
  /** Similarity of samples [n, n]. */
  readonly #alike = new Float64Array(MOST_SAMPLES * MOST_SAMPLES);
  readonly #weights = new Float64Array(MOST_IN_GRAPH * MOST_IN_GRAPH);
  readonly #near = new Float64Array(MOST_SAMPLES);
  readonly #kernel = new Float64Array(MOST_SAMPLES);
  readonly #set = new Int32Array(MOST_SAMPLES);
  readonly #graph = new TwinGraph(MOST_IN_GRAPH);
  readonly #spectrum: Spectrum = { eigenvalueSum: NaN, eccentricity: NaN };
  readonly #kernels: KernelEntropies = { heat: NaN, matern: NaN };
  #sets = -1;
  #hasSpectrum = false;
  #inGraph = 0;

  load(source: MeaningSource): void {
    const { n } = source;
    const alike = this.#alike;
    this.#source = source;
    this.#sets = -1;
    this.#hasSpectrum = false;
    this.#inGraph = Math.min(n, MOST_IN_GRAPH);
    for (let i = 0; i < n; i++) {
      alike[i * n + i] = 1;
      for (let j = i + 1; j < n; j++) alike[i * n + j] = alike[j * n + i] = source.alike(i, j);
      this.#near[i] = source.near(i);
    }
  }

  get n(): number {
    return this.#source.n;
  }

  /** Number of sets; NaN where the source cannot tell which texts mean the same. */
  get sets(): number {
    if (this.#sets < 0) this.#sets = this.#setsOf(this.#source);
    return this.#sets === 0 ? NaN : this.#sets;
  }

  get entropy(): number {
    return Number.isNaN(this.sets) ? NaN : discreteEntropy(this.#set, this.n, this.#sets);
  }

  get entropyByProbability(): number {
    return Number.isNaN(this.sets) ? NaN : weightedEntropy(this.#set, this.n, this.#sets, this.#source.logprobs);
  }

  get spectrum(): Readonly<Spectrum> {
    this.#readGraph();
    return this.#spectrum;
  }

  get kernelEntropies(): Readonly<KernelEntropies> {
    this.#readGraph();
    return this.#kernels;
  }

  get degree(): number {
    return degreeUncertainty(this.#alike, this.#inGraph, this.n);
  }

  /** Mean similarity over all pairs of samples; NaN with fewer than two. */
  get among(): number {
    const g = this.#inGraph;
    return g < 2 ? NaN : 1 - (this.degree * g) / (g - 1);
  }

  /** Mean, greatest and least similarity of the answer and the samples. */
  get agree(): number {
    return 1 - cocoa(1, this.#near, this.n);
  }

  nearest(better: (a: number, b: number) => number): number {
    let found = this.#near[0];
    for (let i = 1; i < this.n; i++) found = better(found, this.#near[i]);
    return found;
  }

  get sentenceSar(): number {
    return sentenceSar(this.#alike, this.#inGraph, this.#source);
  }

  get density(): number {
    const { kernel, n, logprobs, samples } = this.#source;
    if (kernel !== undefined) for (let i = 0; i < n; i++) this.#kernel[i] = kernel(i);
    return semanticDensity(kernel === undefined ? this.#near : this.#kernel, n, logprobs, (i) => isRepeat(samples, i));
  }

  cocoa(uncertainty: number): number {
    return cocoa(uncertainty, this.#near, this.n);
  }

  #setsOf(source: MeaningSource): number {
    const { samples, n, sameAt } = source;
    const given = givenNames(samples, n);
    if (given !== null) return givenSets(given, this.#set);
    if (source.areEqual !== undefined) return semanticSets(n, source.areEqual, this.#set);
    const alike = this.#alike;
    return sameAt === null ? 0 : semanticSets(n, (i, j) => alike[i * n + j] >= sameAt, this.#set);
  }

  #readGraph(): void {
    if (this.#hasSpectrum) return;
    this.#hasSpectrum = true;
    const { n, weight } = this.#source;
    const g = this.#inGraph;
    const graph = this.#graph.load(this.#alike, g, n, 1);
    spectrumOf(graph, this.#spectrum);
    if (weight === undefined) graph.scale(2);
    else graph.load(this.#weighed(weight), g, g, 2);
    kernelEntropies(graph, this.#kernels);
  }

  #weighed(weight: (i: number, j: number) => number): Float64Array {
    const g = this.#inGraph;
    const weights = this.#weights;
    for (let i = 0; i < g; i++) {
      weights[i * g + i] = 2;
      for (let j = i + 1; j < g; j++) weights[i * g + j] = weights[j * g + i] = weight(i, j);
    }
    return weights;
  }
}

/** The sets that the record gives; null unless it gives one for every sample. */
function givenNames(samples: readonly Sample[], n: number): (number | string)[] | null {
  for (let i = 0; i < n; i++) if (samples[i].cluster == null) return null;
  return samples.slice(0, n).map(({ cluster }) => cluster as number | string);
}

function isRepeat(samples: readonly Sample[], i: number): boolean {
  for (let j = 0; j < i; j++) if (samples[j].answer === samples[i].answer) return true;
  return false;
}
