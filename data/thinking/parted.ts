/** A text in two: what was thought, and the answer; null where a tool was called instead. */
export interface Parted {
  answer: string | null;
  reasoning: string;
}
