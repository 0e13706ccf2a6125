import { Ints } from './ints.js';

/** An optional text per row; each distinct text is stored once. */
export class Names {
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #rows = new Ints();

  push(text: string | null): void {
    let number = text === null ? -1 : this.#numbers.get(text);
    if (number === undefined) {
      number = this.#texts.push(text as string) - 1;
      this.#numbers.set(text as string, number);
    }
    this.#rows.push(number);
  }

  /** The number of a row's text; −1 if it has none. */
  at(row: number): number {
    return this.#rows.at(row);
  }

  text(row: number): string {
    return this.#texts[this.#rows.at(row)];
  }

  get count(): number {
    return this.#texts.length;
  }
}
