import { countsOf, type Rated } from './rated.js';

/** The result of `dawidSkene`. */
export interface DawidSkene {
  /** Probability of each class for each item, at [item · classes + class]; that of the classes as a whole. */
  posterior: Float64Array;
  prior: Float64Array;
  /**
   * Confusion matrices: the probability that a rater says class l of an item of class j, at
   * [(rater · classes + j) · classes + l]. NaN where the rater rated no item that may be of class j.
   */
  confusion: Float64Array;
  /** Mean log-likelihood per rating, in nats. */
  logLikelihood: number;
  iterations: number;
  /** Whether the log-likelihood per rating rose by less than `tolerance` in the last step. */
  converged: boolean;
}

export interface DawidSkeneOptions {
  tolerance?: number;
  most?: number;
}

/**
 * Dawid and Skene's model of raters: each item has a true class, and each rater confuses classes in his own way,
 * independently of the others given the true class. The EM algorithm estimates all three from ratings alone. It starts
 * from the shares of the votes, so it is deterministic, and class j keeps its meaning as long as most raters are better
 * than chance. Raters that make the same mistakes break the assumption: the posteriors are then too sure. An item
 * without ratings gets the prior. Cost: ratings × classes² × iterations. Source: Dawid & Skene 1979, eq. 2.3 to 2.5
 * and 3.1.
 */
export function dawidSkene(rated: Rated, { tolerance = 1e-10, most = 2000 }: DawidSkeneOptions = {}): DawidSkene {
  const { item, items, classes } = rated;
  const posterior = votes(rated);
  let logLikelihood = Number.NEGATIVE_INFINITY;
  for (let iterations = 1; ; iterations++) {
    const prior = meanOf(posterior, items, classes); // (2.4)
    const confusion = confusionOf(rated, posterior); // (2.3)
    const now = expect(rated, prior, confusion, posterior) / item.length;
    const converged = now - logLikelihood < tolerance;
    logLikelihood = now;
    if (converged || iterations === most) return { posterior, prior, confusion, logLikelihood, iterations, converged };
  }
}

/** The share of the votes of each class, (3.1); of an item without ratings, the same share of each. */
function votes(rated: Rated): Float64Array {
  const { items, classes } = rated;
  const counts = countsOf(rated);
  for (let i = 0; i < items; i++) {
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += counts[i * classes + j];
    for (let j = 0; j < classes; j++) counts[i * classes + j] = sum === 0 ? 1 / classes : counts[i * classes + j] / sum;
  }
  return counts;
}

function meanOf(posterior: Float64Array, items: number, classes: number): Float64Array {
  const mean = new Float64Array(classes);
  for (let i = 0; i < items; i++) for (let j = 0; j < classes; j++) mean[j] += posterior[i * classes + j] / items;
  return mean;
}

function confusionOf({ item, rater, value, raters, classes }: Rated, posterior: Float64Array): Float64Array {
  const confusion = new Float64Array(raters * classes * classes);
  for (let t = 0; t < item.length; t++) {
    for (let j = 0; j < classes; j++) {
      confusion[(rater[t] * classes + j) * classes + value[t]] += posterior[item[t] * classes + j];
    }
  }
  for (let from = 0; from < confusion.length; from += classes) {
    let sum = 0;
    for (let l = 0; l < classes; l++) sum += confusion[from + l];
    for (let l = 0; l < classes; l++) confusion[from + l] = sum === 0 ? Number.NaN : confusion[from + l] / sum;
  }
  return confusion;
}

/** The least probability whose logarithm is taken. */
const LEAST = 1e-300;

/** Writes the posteriors, (2.5), and returns the log-likelihood of all ratings. */
function expect(
  { item, rater, value, items, classes }: Rated,
  prior: Float64Array,
  confusion: Float64Array,
  posterior: Float64Array,
): number {
  const logs = posterior;
  for (let i = 0; i < items; i++)
    for (let j = 0; j < classes; j++) logs[i * classes + j] = Math.log(Math.max(prior[j], LEAST));
  for (let t = 0; t < item.length; t++) {
    for (let j = 0; j < classes; j++) {
      const said = confusion[(rater[t] * classes + j) * classes + value[t]];
      logs[item[t] * classes + j] += Math.log(Math.max(Number.isNaN(said) ? 1 / classes : said, LEAST));
    }
  }
  let total = 0;
  for (let i = 0; i < items; i++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < classes; j++) most = Math.max(most, logs[i * classes + j]);
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += Math.exp(logs[i * classes + j] - most);
    total += most + Math.log(sum);
    for (let j = 0; j < classes; j++) posterior[i * classes + j] = Math.exp(logs[i * classes + j] - most) / sum;
  }
  return total;
}
