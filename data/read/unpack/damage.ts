/** Compressed data that are cut off, with the code that zlib has for it. */
export function cutOff(cause?: unknown): Error {
  return Object.assign(new Error('the compressed data end early', { cause }), { code: 'Z_BUF_ERROR' });
}

/** Compressed data that are damaged, likewise. */
export function damaged(cause?: unknown): Error {
  return Object.assign(new Error('the compressed data are damaged', { cause }), { code: 'Z_DATA_ERROR' });
}
