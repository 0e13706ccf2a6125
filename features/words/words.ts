/**
 * The words of one text, and counts of its characters, in arrays that are reused for every record. `ids[i]` is the hash
 * of word i after folding (without case, accents, plural s and possessive), `flags[i]` is what is known about it.
 */
export class Words {
  n = 0;
  ids = new Int32Array(64);
  flags = new Int32Array(64);
  /** Where word i begins and ends in its text, in UTF-16 code units. */
  from = new Int32Array(64);
  to = new Int32Array(64);
  /** UTF-16 code units of the text. */
  chars = 0;
  letters = 0;
  upper = 0;
  digits = 0;
  wide = 0;
  /** Code units of the longest word. */
  longest = 0;
  sentences = 0;
  questions = 0;
  commas = 0;
  quotes = 0;
  brackets = 0;
  lines = 0;
  /** Whether the last character that is not a space, quote or bracket ends a sentence. */
  ended = false;
  /** Counts of phrases by kind: hedges, refusals, self-corrections. */
  readonly phrases = new Int32Array(3);
  /** Capacity of the arrays. A field is read faster than the length of an array. */
  #room = 64;

  clear(): void {
    this.n = this.chars = this.letters = this.upper = this.digits = this.wide = this.longest = 0;
    this.sentences = this.questions = this.commas = this.quotes = this.brackets = this.lines = 0;
    this.ended = false;
    this.phrases.fill(0);
  }

  push(id: number, flags: number, from: number, to: number): void {
    const n = this.n++;
    if (n === this.#room) this.#grow();
    this.ids[n] = id;
    this.flags[n] = flags;
    this.from[n] = from;
    this.to[n] = to;
    if (to - from > this.longest) this.longest = to - from;
  }

  #grow(): void {
    this.#room *= 2;
    this.ids = twice(this.ids);
    this.flags = twice(this.flags);
    this.from = twice(this.from);
    this.to = twice(this.to);
  }
}

/** A copy with room for twice as many. */
export function twice(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(values.length * 2);
  wider.set(values);
  return wider;
}
