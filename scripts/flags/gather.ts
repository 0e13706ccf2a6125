/** The parser of a flag that may be repeated: all its values, in order. */
export function gather(text: string, all: string[] = []): string[] {
  return [...all, text];
}
