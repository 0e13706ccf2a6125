import { thousands } from './thousands.js';

/**
 * A counted noun: `1 answer`, `1,200 answers`. `one` and `many` may contain the verb: plural(n, 'answer is', 'answers
 * are').
 */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${thousands(n)} ${Math.round(n) === 1 ? one : many}`;
}
