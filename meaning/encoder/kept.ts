import { createHash } from 'node:crypto';

/** How often a result was asked for, and how often it had to be computed. */
export interface CacheCounts {
  asked: number;
  computed: number;
}

/**
 * Results by text, each computed once; the least recently used are dropped when there are more than `most`. Keys are
 * SHA-256 hashes, so that long texts are not kept. A text that is being computed is not computed a second time.
 */
export class Kept<T> {
  readonly counts: CacheCounts = { asked: 0, computed: 0 };
  readonly #results = new Map<string, Promise<T>>();

  constructor(private readonly most: number) {}

  get(text: string, compute: () => Promise<T>): Promise<T> {
    const key = createHash('sha256').update(text).digest('base64');
    this.counts.asked++;
    let result = this.#results.get(key);
    if (result === undefined) {
      this.counts.computed++;
      result = compute();
      result.catch(() => this.#results.delete(key));
    } else this.#results.delete(key);
    this.#results.set(key, result); // the last key is the most recently used one
    if (this.#results.size > this.most) this.#results.delete(this.#results.keys().next().value as string);
    return result;
  }
}
