/** The reply to POST …/infer. */
export interface Inferred {
  body: Uint8Array;
  /** Length of the JSON part if bytes follow it; null if none do. */
  headerLength: number | null;
}
