import { plainName } from '../../features/row.js';
import type { SignalSchema } from '../../features/schema.js';
import { choiceSignals } from './choice-signals.js';
import type { GraphSignal } from './graph-signal.js';
import { logprobSignals } from './logprob-signals.js';
import { type MarkName, markNames } from './marked-nodes.js';
import { topSignals } from './top-signals.js';

/** Where a raw graph gets one of its signals from. */
export type Source =
  | { kind: 'tokens'; signal: GraphSignal }
  | { kind: 'choices'; name: string }
  /** Given as a number: column `of` of `numbers`. */
  | { kind: 'number'; of: number }
  /** The logit of a number; for the stated confidence, of the number clipped to [.005, .995]. */
  | { kind: 'logit' | 'statedLogit'; of: number }
  /** A joint score of the verifiers, from the columns with their scores. */
  | { kind: 'panel'; name: string; of: number[] };

/** What a raw graph reads: a source for each numeric signal of the schema, in order, and the inputs that these need. */
export interface RawPlan {
  schema: SignalSchema;
  sources: Source[];
  /** The columns of `numbers`, as `name@version`. */
  numbers: string[];
  reads: { logprobs: boolean; top: boolean; marks: MarkName[]; choices: boolean };
}

const byName = new Map([...logprobSignals, ...topSignals].map((signal) => [signal.name, signal]));
const ofChoices = new Map(choiceSignals.map((signal) => [signal.name, signal]));

/**
 * Whether a signal, given as `name@version`, comes from numbers alone, so that a raw graph in any language can compute
 * it: it reads no text and no other samples.
 */
export function comesFromNumbers(versioned: string): boolean {
  const name = plainName(versioned);
  const signal = byName.get(name);
  if (signal !== undefined) return signal.marks.length === 0;
  return ofChoices.has(name) || /^(stated|verifiers|panel|features)(\.|$)/.test(name);
}

/**
 * Plans a raw graph. Token signals come from log-probabilities, alternatives and marks; `choices.*` from the masses of
 * the options; logits and the verifiers' joint scores from their numbers. All other signals are given as numbers.
 */
export function planRaw(schema: SignalSchema): RawPlan {
  const numbers: string[] = [];
  const columnOf = (name: string) => {
    const at = numbers.indexOf(name);
    return at >= 0 ? at : numbers.push(name) - 1;
  };
  const all = new Set(schema.numeric);
  const verifiers = schema.numeric.filter((name) => name.startsWith('verifiers.') && !isTwin(name, all));
  const sources = schema.numeric.map((versioned): Source => {
    const name = plainName(versioned);
    const signal = byName.get(name);
    if (signal !== undefined && (schema.topK > 0 || signal.needs === 'tokens')) return { kind: 'tokens', signal };
    if (ofChoices.has(name)) return { kind: 'choices', name };
    if (name === 'stated.logit') return { kind: 'statedLogit', of: columnOf('stated@1') };
    if (isTwin(versioned, all)) return { kind: 'logit', of: columnOf(baseOf(versioned)) };
    if (name.startsWith('panel.') && verifiers.length > 0) return { kind: 'panel', name, of: verifiers.map(columnOf) };
    return { kind: 'number', of: columnOf(versioned) };
  });
  const signals = sources.flatMap((source) => (source.kind === 'tokens' ? [source.signal] : []));
  return {
    schema,
    sources,
    numbers,
    reads: {
      logprobs: signals.length > 0,
      top: signals.some(({ needs }) => needs === 'tokens.top'),
      marks: markNames.filter((name) => signals.some(({ marks }) => marks.includes(name))),
      choices: sources.some(({ kind }) => kind === 'choices'),
    },
  };
}

/** Whether a verifier's or the user's own number is the logit of another one of the schema. */
function isTwin(versioned: string, all: ReadonlySet<string>): boolean {
  return /^(verifiers|features)\..*\.logit@1$/.test(versioned) && all.has(baseOf(versioned));
}

function baseOf(versioned: string): string {
  return `${plainName(versioned).slice(0, -'.logit'.length)}@1`;
}
