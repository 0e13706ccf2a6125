import { plainName } from '../../features/row.js';
import type { SignalSchema } from '../../features/schema.js';
import { choiceSignals } from './choice-signals.js';
import type { GraphSignal } from './graph-signal.js';
import { logprobSignals } from './logprob-signals.js';
import { type MarkName, markNames } from './marked-nodes.js';
import { topSignals } from './top-signals.js';

/** Where a raw graph has one of its signals from. */
export type Source =
  | { kind: 'tokens'; signal: GraphSignal }
  | { kind: 'choices'; name: string }
  /** As it is given: column `of` of `numbers`. */
  | { kind: 'number'; of: number }
  /** The logit of a number: held at .005 and .995 where it is the stated confidence. */
  | { kind: 'logit' | 'statedLogit'; of: number }
  /** What the verifiers say together, from the columns that give their scores. */
  | { kind: 'panel'; name: string; of: number[] };

/** What a raw graph reads: a source for each numeric signal of the schema, in its order, and the inputs these need. */
export interface RawPlan {
  schema: SignalSchema;
  sources: Source[];
  /** The columns of `numbers`, as `name@version`. */
  numbers: string[];
  reads: { logprobs: boolean; top: boolean; marks: MarkName[]; choices: boolean };
}

const byName = new Map([...logprobSignals, ...topSignals].map((signal) => [signal.name, signal]));
const ofChoices = new Map(choiceSignals.map((signal) => [signal.name, signal]));

/** Whether a raw graph computes a token signal of this plain name. */
export function isFromTokens(name: string): boolean {
  return byName.has(name);
}

/**
 * Whether a signal, as `name@version`, comes from numbers alone, so that a raw graph computes it in any language: no text is
 * read for it, nor are other samples.
 */
export function comesFromNumbers(versioned: string): boolean {
  const name = plainName(versioned);
  const signal = byName.get(name);
  if (signal !== undefined) return signal.marks.length === 0;
  return ofChoices.has(name) || /^(stated|verifiers|panel|features)(\.|$)/.test(name);
}

/**
 * Plans a raw graph: token signals come from log-probabilities, alternatives and marks, `choices.*` from the masses of the
 * options, logits and the verifiers' panel from the numbers behind them; what else there is, is given as a number.
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
