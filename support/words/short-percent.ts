/** A share as a percentage with at most one decimal: 12%, 12.5%. */
export function shortPercent(share: number): string {
  return `${Number((100 * share).toFixed(1))}%`;
}
