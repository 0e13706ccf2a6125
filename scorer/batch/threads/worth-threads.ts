/** Bytes of an input from which threads pay: with text models they do so earlier, because a row takes far longer. */
const LEAST = { plain: 2 ** 21, encoded: 2 ** 19 };

/** Whether an input is so large that starting threads takes less time than they save. That of `-` is not known. */
export function isWorthThreads({
  files,
  bytes,
  encoders = [],
}: {
  files: readonly string[];
  bytes: number;
  encoders?: readonly string[];
}): boolean {
  return bytes >= (encoders.length > 0 ? LEAST.encoded : LEAST.plain) || files.includes('-');
}
