/** An answer as it came. */
export interface Came {
  stream: boolean;
  parts: readonly Buffer[];
}
