import { hasLogprob } from '../data/counted-tokens.js';
import type { AnswerRecord } from '../data/record.js';
import type { Answer } from '../data/token-list.js';

/**
 * Groups of signals that a record may have or lack as a whole, in the order in which a pattern names them. The order is kept: graphs
 * count on it.
 */
export const patternGroups = ['free', 'logprobs', 'samples', 'verifiers', 'others'] as const;
export type PatternGroup = (typeof patternGroups)[number];

/**
 * Which groups of signals a record has: `free` always (text and the user's own numbers), `logprobs` (token log-probabilities
 * or choices), `samples` (further answers of its own model), `verifiers` (verifiers or a stated confidence), `others` (answers of other
 * models). `free+logprobs+samples`, say.
 */
export function patternOf(record: Answer): string {
  let pattern = 'free';
  if (hasLogprobs(record)) pattern += '+logprobs';
  if (hasSample(record, false)) pattern += '+samples';
  if (record.stated != null || hasNumber(record.verifiers)) pattern += '+verifiers';
  if (hasSample(record, true)) pattern += '+others';
  return pattern;
}

/** The groups of a pattern's name. */
export function groupsIn(pattern: string): string[] {
  return pattern.split('+');
}

/** Whether a signal is not there where only the groups of `pattern` are recorded. */
export function isHidden(name: string, pattern: string): boolean {
  const recorded = groupsIn(pattern);
  return groupsOfSignal(name).some((group) => !recorded.includes(group));
}

/** The groups a signal needs, by its name, with or without version. */
export function groupsOfSignal(name: string): readonly PatternGroup[] {
  return [groupOfSignal(name)];
}

/** The group a signal belongs to, by its name, with or without version. */
export function groupOfSignal(name: string): PatternGroup {
  const family = name.split(/[.@]/, 1)[0];
  switch (family) {
    case 'tokens':
    case 'choices':
      return 'logprobs';
    case 'samples':
      return 'samples';
    case 'others':
    case 'agreeWith':
      return 'others';
    case 'verifiers':
    case 'panel':
    case 'stated':
      return 'verifiers';
    default:
      return 'free';
  }
}

function hasLogprobs({ answer, tokens, choices }: Answer): boolean {
  if (tokens != null && hasLogprob(tokens, answer)) return true;
  if (choices != null) for (const _ in choices) return true;
  return false;
}

/** Whether there is an answer of another model beside it, or (where `other` is false) one of its own. */
function hasSample({ samples, model: own }: Answer, other: boolean): boolean {
  if (samples != null) for (const { model } of samples) if ((model != null && model !== own) === other) return true;
  return false;
}

function hasNumber(values: AnswerRecord['verifiers']): boolean {
  for (const name in values) if (Number.isFinite(values[name])) return true;
  return false;
}
