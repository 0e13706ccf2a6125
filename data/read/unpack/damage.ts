/** The error for compressed data that is cut off, with the code that zlib uses for it. */
export function cutOff(cause?: unknown): Error {
  return Object.assign(new Error('the compressed data ends early', { cause }), { code: 'Z_BUF_ERROR' });
}

/** The error for compressed data that is damaged, likewise. */
export function damaged(cause?: unknown): Error {
  return Object.assign(new Error('the compressed data is damaged', { cause }), { code: 'Z_DATA_ERROR' });
}
