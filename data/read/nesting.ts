/**
 * The most lists and objects that may lie within each other in JSON that is read. Logs use some ten; what walks or prints a value
 * by recursion, here and in its readers, ends the run at some thousands.
 */
export const DEEPEST = 500;

/** Whether a value is nested deeper than `DEEPEST`. Cost: a look at each list and object; nothing for texts too short to be so. */
export function isTooDeep(value: unknown, text: string): boolean {
  return text.length > 2 * DEEPEST && value !== null && typeof value === 'object' && below(value, DEEPEST - 1);
}

/** Whether something within `value` is more than `left` levels down. */
function below(value: object, left: number): boolean {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const inner: unknown = value[i];
      if (typeof inner === 'object' && inner !== null && (left === 0 || below(inner, left - 1))) return true;
    }
    return false;
  }
  for (const key in value) {
    const inner: unknown = (value as Record<string, unknown>)[key];
    if (typeof inner === 'object' && inner !== null && (left === 0 || below(inner, left - 1))) return true;
  }
  return false;
}
