import { maxOf } from '../../../../support/extremes.js';
import { LOGPROB_SLACK } from '../../../record.js';
import { type Fields, objectOf } from '../../table/fields.js';

/** One option of a multiple-choice question: what it is called, the text that was scored, ln P of it. */
export interface Option {
  name: string;
  text: string;
  logprob: number;
}

/** A multiple-choice question as it was scored: what stands before the options, and the options. */
export interface Question {
  prompt: string;
  options: Option[];
}

/** The log-likelihood in [ll, greedy], stored as numbers or as text; null where the value is no such pair. */
export function likelihoodOf(value: unknown): number | null {
  if (!Array.isArray(value) || value.length !== 2 || !/^(true|false)$/i.test(String(value[1]))) return null;
  const text = String(value[0]).trim();
  if (/^-inf(inity)?$/i.test(text)) return Number.NEGATIVE_INFINITY;
  return /^-?[\d.]+(e[+-]?\d+)?$/i.test(text) && Number(text) <= LOGPROB_SLACK ? Number(text) : null;
}

/**
 * The question of a sample whose responses are log-likelihoods, one request per option. Options are continuations of one
 * context, or contexts of one continuation (Winogrande): then what the contexts share is the prompt. Requests without a context
 * (those of mutual information) are passed over. An option is called by the doc's label, else by its text, and by letters where texts are doubled.
 */
export function questionOf(requests: readonly unknown[][], logprobs: readonly number[], doc: Fields | null): Question {
  const asked = requests.map(([context, continuation], i) => ({
    context: String(context),
    continuation: String(continuation),
    logprob: logprobs[i],
  }));
  const half = asked.length / 2;
  const mutual = half >= 1 && asked.every(({ context }, i) => (context === '') === i >= half);
  const kept = mutual ? asked.slice(0, half) : asked;
  const prompt = kept.every(({ context }) => context === kept[0].context)
    ? kept[0].context
    : sharedStart(kept.map(({ context }) => context));
  const texts = kept.map(({ context, continuation }) => `${context.slice(prompt.length)}${continuation}`);
  const names = namesOf(texts, doc);
  return {
    prompt,
    options: kept.map(({ logprob }, i) => ({ name: names[i], text: withoutDelimiter(texts)[i], logprob })),
  };
}

/** softmax over the options' log-likelihoods, by name. */
export function softmax(options: readonly Option[]): Record<string, number> {
  const highest = maxOf(options.map(({ logprob }) => logprob));
  const masses = options.map(({ logprob }) => (logprob === highest ? 1 : Math.exp(logprob - highest)));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return Object.fromEntries(options.map(({ name }, i) => [name, masses[i] / total]));
}

/** What a length-normalised score divides by: 1, characters (Unicode code points, as Python counts them), or bytes. */
export const LENGTHS: Record<string, (text: string) => number> = {
  acc: () => 1,
  acc_norm: (text) => [...text].length,
  acc_bytes: (text) => Buffer.byteLength(text),
};

/** The option with the greatest log-likelihood per length; the first of equal ones, as the harness takes it. */
export function chosen(options: readonly Option[], lengthOf: (text: string) => number): Option {
  let best = options[0];
  let highest = Number.NEGATIVE_INFINITY;
  for (const option of options) {
    const score = option.logprob / Math.max(1, lengthOf(option.text));
    if (score <= highest) continue;
    best = option;
    highest = score;
  }
  return best;
}

/**
 * The option a target means: its index, its name or its text. An index may be stored as text, as options may be numbers: where
 * both readings are possible and differ, none is taken.
 */
export function targetOption(target: unknown, options: readonly Option[]): Option | null {
  if (typeof target === 'number') return options[target] ?? null;
  if (typeof target !== 'string') return null;
  const wanted = target.trim();
  const named = options.find(({ name, text }) => text.trim() === wanted || name === wanted) ?? null;
  const indexed = /^\d+$/.test(wanted) ? (options[Number(wanted)] ?? null) : null;
  if (named !== null && indexed !== null && named !== indexed) return null;
  return named ?? indexed;
}

function namesOf(texts: readonly string[], doc: Fields | null): string[] {
  const labels = objectOf(doc?.choices)?.label;
  if (Array.isArray(labels) && labels.length === texts.length) {
    const names = labels.map(String);
    if (new Set(names).size === names.length) return names;
  }
  const trimmed = texts.map((text) => text.trim());
  if (new Set(trimmed).size === trimmed.length && !trimmed.includes('')) return trimmed;
  return texts.map((_, i) => String.fromCharCode(65 + i));
}

/** Texts without the one blank that the harness puts between context and continuation. */
function withoutDelimiter(texts: readonly string[]): string[] {
  return texts.every((text) => /^\s/.test(text)) ? texts.map((text) => text.slice(1)) : [...texts];
}

/** What all texts begin with, up to the last blank in it. */
function sharedStart(texts: readonly string[]): string {
  let n = 0;
  while (n < texts[0].length && texts.every((text) => text[n] === texts[0][n])) n++;
  const shared = texts[0].slice(0, n);
  return shared.slice(0, shared.search(/\s\S*$/) + 1);
}
