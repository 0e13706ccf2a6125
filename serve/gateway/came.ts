/** An answer as it arrived. */
export interface Came {
  stream: boolean;
  parts: readonly Buffer[];
}
