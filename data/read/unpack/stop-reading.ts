/**
 * Ends a source from which no more is read, so that its file or connection is closed. It does not wait: a source that
 * is waiting for bytes ends when they arrive.
 */
export function stopReading(chunks: AsyncIterator<Buffer>): void {
  chunks.return?.()?.catch(() => {}); // the reader has its own error, or needs none
}
