/** Splits a text into words. For long lists of names. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
