/** Limits for a bundle, checked before anything is read, and far above what training writes. Sizes in bytes. */
export const limits = {
  manifest: 16 * 1024 * 1024,
  signature: 64 * 1024,
  /** Files besides the manifest. */
  files: 64,
  /** One file, and all of them together. */
  file: 1024 * 1024 * 1024,
  bundle: 2 * 1024 * 1024 * 1024,
  graph: 512 * 1024 * 1024,
  goldenRows: 1000,
} as const;
