import { noAnswer, type Verdict } from './verdict.js';
import type { VouchField } from './vouch-field.js';

/** The field of a response. `time` is when it was scored; a field without a score has none. */
export function fieldOf(verdicts: Verdict[], time?: string): VouchField {
  const first = verdicts[0] ?? noAnswer;
  const scored = time !== undefined && verdicts.some((each) => each.scored) ? { time } : {};
  return { ...first, ...scored, ...(verdicts.length > 1 ? { choices: verdicts } : {}) };
}

/** The field of an answer that could not be read. */
export function unreadField(): VouchField {
  return { ...noAnswer, finish: 'error' };
}

/** Headers of a response that was not scored or contains no answer. */
export const UNSCORED = { 'x-vouch-decision': 'unscored' };
export const NO_ANSWER = { ...UNSCORED, 'x-vouch-why': noAnswer.why };

/** The same as headers of the response. */
export function headersOf(field: VouchField): Record<string, string> {
  const done = field.replaced ? 'replaced' : field.escalated && 'from' in field.escalated ? 'escalated' : null;
  return {
    ...(field.scored
      ? {
          ...(field.probability === null ? {} : { 'x-vouch-probability': String(field.probability) }),
          'x-vouch-decision': field.decision ?? 'none',
          'x-vouch-bundle': field.bundle,
          ...(field.grounded === undefined ? {} : { 'x-vouch-grounded': String(field.grounded) }),
          ...(field.time === undefined ? {} : { 'x-vouch-time': field.time }),
          ...(field.policy === undefined ? {} : { 'x-vouch-bought': field.policy.bought.join(', ') || 'nothing' }),
        }
      : UNSCORED),
    ...(field.why === null ? {} : { 'x-vouch-why': printable(field.why) }),
    ...(done === null ? {} : { 'x-vouch-action': done }),
  };
}

/** Headers may contain plain ASCII only. */
function printable(text: string): string {
  return text.replace(/[^ -~]/g, '?').slice(0, 200);
}
