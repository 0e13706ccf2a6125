/** Calls each of its makers once: a node is emitted when it is first needed; later calls return its name. */
export class Once {
  readonly #made = new Map<string, unknown>();

  get<T>(key: string, make: () => T): T {
    if (!this.#made.has(key)) this.#made.set(key, make());
    return this.#made.get(key) as T;
  }
}
