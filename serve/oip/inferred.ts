/** The reply to POST …/infer. */
export interface Inferred {
  body: Uint8Array;
  /** Length of the JSON part where bytes follow; null where none do. */
  headerLength: number | null;
}
