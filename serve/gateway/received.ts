/** An answer as it arrived. */
export interface Received {
  stream: boolean;
  parts: readonly Buffer[];
}
