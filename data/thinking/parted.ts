/** A text split into reasoning and answer; `answer` is null if the model called a tool instead. */
export interface Parted {
  answer: string | null;
  reasoning: string;
}
