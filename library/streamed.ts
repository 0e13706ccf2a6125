/**
 * Results that can be awaited or iterated. `await` gives all of them as an array; `for await` gives one at a time, with
 * constant memory. Reading begins with the first of the two. Results can be taken only once.
 */
export class Streamed<T> implements AsyncIterable<T>, Promise<T[]> {
  readonly [Symbol.toStringTag] = 'Streamed';
  #all: Promise<T[]> | undefined;

  constructor(private readonly make: () => AsyncGenerator<T>) {}

  [Symbol.asyncIterator](): AsyncGenerator<T> {
    return this.make();
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise, so that await gives the array
  then<A = T[], B = never>(
    done?: ((all: T[]) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#promise().then(done, failed);
  }

  catch<B = never>(failed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T[] | B> {
    return this.#promise().catch(failed);
  }

  finally(always?: (() => void) | null): Promise<T[]> {
    return this.#promise().finally(always);
  }

  #promise(): Promise<T[]> {
    this.#all ??= arrayOf(this.make());
    return this.#all;
  }
}

async function arrayOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
