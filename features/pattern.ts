import { hasLogprob } from '../data/counted-tokens.js';
import type { AnswerRecord } from '../data/record.js';
import type { Answer } from '../data/token-list.js';
import type { SignalSchema } from './schema.js';
import { groupsBesides, needsTokensToo } from './semantic/keys.js';

/**
 * Groups of signals that a record either has or lacks as a whole, in the order in which a pattern names them. Bundles
 * depend on this order: further groups may only follow at the end.
 */
export const patternGroups = ['free', 'logprobs', 'samples', 'verifiers', 'others', 'encoder'] as const;
export type PatternGroup = (typeof patternGroups)[number];

/**
 * The pattern of a record, which says which groups of signals it has, for example `free+logprobs+samples`. `free` is
 * always included (text and the user's own numbers). `logprobs`: token log-probabilities or choices. `samples`: further
 * answers of its own model. `verifiers`: verifiers or a stated confidence. `others`: answers of other models.
 * `encoder`: what a text model adds (embeddings, similarities, entailments).
 */
export function patternOf(record: Answer): string {
  let pattern = 'free';
  if (hasLogprobs(record)) pattern += '+logprobs';
  if (hasSample(record, false)) pattern += '+samples';
  if (record.stated != null || hasNumber(record.verifiers)) pattern += '+verifiers';
  if (hasSample(record, true)) pattern += '+others';
  if (hasMeaning(record)) pattern += '+encoder';
  return pattern;
}

/** What a model reads, as far as patterns depend on it. */
export type Read = Pick<SignalSchema, 'numeric' | 'embeddings'>;

/**
 * A function from the pattern of a record to the pattern that counts for a model. A model that reads nothing of the
 * group `encoder` treats answers alike whether an encoder has run or not, so the group is left out for it.
 */
export function patternAsRead({ numeric, embeddings = [] }: Read): (pattern: string) => string {
  const isRead = embeddings.length > 0 || numeric.some((name) => groupOfSignal(name) === 'encoder');
  return isRead
    ? (pattern) => pattern
    : (pattern) => (pattern.endsWith(ENCODER) ? pattern.slice(0, -ENCODER.length) : pattern);
}

const ENCODER = '+encoder';

/** The groups of a pattern's name. */
export function groupsIn(pattern: string): string[] {
  return pattern.split('+');
}

/** Whether a signal is missing where only the groups of `pattern` are recorded. */
export function isHidden(name: string, pattern: string): boolean {
  const recorded = groupsIn(pattern);
  return groupsOfSignal(name).some((group) => !recorded.includes(group));
}

/** The groups that a signal needs. The name may include a version. */
export function groupsOfSignal(name: string): readonly PatternGroup[] {
  const [plain] = name.split('@', 1);
  const group = groupOfSignal(name);
  if (group === 'samples' && needsTokensToo(plain)) return ['logprobs', 'samples'];
  if (/^(similarities|entailments)\./.test(plain)) return [...groupsBesides(plain), 'encoder'];
  return [group];
}

/**
 * The group that a signal belongs to. The name may include a version. A plug-in's signal is named
 * `plugin.GROUP.NAME`, or `plugin.NAME` in the group `free`.
 */
export function groupOfSignal(name: string): PatternGroup {
  const [family, second] = name.split(/[.@]/, 2);
  switch (family) {
    case 'plugin':
      return patternGroups.find((group) => group === second) ?? 'free';
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
    case 'embeddings':
    case 'similarities':
    case 'entailments':
      return 'encoder';
    default:
      return 'free';
  }
}

function hasLogprobs({ answer, tokens, choices }: Answer): boolean {
  if (tokens != null && hasLogprob(tokens, answer)) return true;
  if (choices != null) for (const _ in choices) return true;
  return false;
}

/** Whether the record has a sample of another model or, if `other` is false, one of its own model. */
function hasSample({ samples, model: own }: Answer, other: boolean): boolean {
  if (samples != null) for (const { model } of samples) if ((model != null && model !== own) === other) return true;
  return false;
}

/** Whether the record has an embedding, similarities or entailments under any name. */
function hasMeaning({ embeddings, similarities, entailments }: Answer): boolean {
  for (const name in embeddings) if (embeddings[name] != null) return true;
  for (const name in similarities) if (similarities[name] != null) return true;
  for (const name in entailments) if (entailments[name] != null) return true;
  return false;
}

function hasNumber(values: AnswerRecord['verifiers']): boolean {
  for (const name in values) if (Number.isFinite(values[name])) return true;
  return false;
}
