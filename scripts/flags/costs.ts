import { VouchError } from '../../support/errors.js';

/**
 * Reads `--costs wrong=10,abstain=1,escalate=3`. The schema of the options checks names and ranges. Error: BAD_USAGE.
 */
export function costsOf(text: string): Record<string, number> {
  const costs = new Map<string, number>();
  for (const pair of text.split(',')) {
    const [name, value, ...more] = pair.split('=').map((part) => part.trim());
    const number = Number(value);
    if (!name || !value || more.length > 0 || !Number.isFinite(number) || costs.has(name)) {
      throw new VouchError('BAD_USAGE', 'cannot read the cost table', {
        field: '--costs',
        expected: 'each name once: wrong=10,abstain=1,escalate=3',
        got: text,
      });
    }
    costs.set(name, number);
  }
  return Object.fromEntries(costs);
}
