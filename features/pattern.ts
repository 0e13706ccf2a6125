import type { AnswerRecord } from '../data/record.js';

/** Groups of signals that a record may have or lack as a whole, in the order in which a pattern names them. */
export const patternGroups = ['free', 'logprobs', 'samples', 'verifiers'] as const;
export type PatternGroup = (typeof patternGroups)[number];

/**
 * Which groups of signals a record has: `free` always (text and the user's own numbers), `logprobs` (token log-probabilities
 * or choices), `samples` (of any model), `verifiers` (verifiers or a stated confidence). `free+logprobs+samples`, say.
 */
export function patternOf(record: AnswerRecord): string {
  let pattern = 'free';
  if (hasLogprobs(record)) pattern += '+logprobs';
  if (record.samples != null && record.samples.length > 0) pattern += '+samples';
  if (record.stated != null || hasNumber(record.verifiers)) pattern += '+verifiers';
  return pattern;
}

/** The group a signal belongs to, by its name, with or without version. */
export function groupOfSignal(name: string): PatternGroup {
  const family = name.split(/[.@]/, 1)[0];
  switch (family) {
    case 'tokens':
    case 'choices':
      return 'logprobs';
    case 'samples':
    case 'others':
    case 'agreeWith':
      return 'samples';
    case 'verifiers':
    case 'panel':
    case 'stated':
      return 'verifiers';
    default:
      return 'free';
  }
}

function hasLogprobs({ tokens, choices }: AnswerRecord): boolean {
  if (tokens != null) {
    for (const { logprob } of tokens) if (logprob != null && !Number.isNaN(logprob)) return true;
  }
  if (choices != null) for (const _ in choices) return true;
  return false;
}

function hasNumber(values: AnswerRecord['verifiers']): boolean {
  for (const name in values) if (Number.isFinite(values[name])) return true;
  return false;
}
