import { maxOf } from '../../../../support/extremes.js';
import { LOGPROB_SLACK } from '../../../record.js';
import { type Fields, objectOf } from '../../table/fields.js';

/** One option of a multiple-choice question: its name, the text that was scored, and ln P of that text. */
export interface Option {
  name: string;
  text: string;
  logprob: number;
}

/** A multiple-choice question as it was scored: the text before the options, and the options. */
interface Question {
  prompt: string;
  options: Option[];
}

/** The log-likelihood in [ll, greedy], stored as numbers or as text; null if the value is not such a pair. */
export function likelihoodOf(value: unknown): number | null {
  if (!Array.isArray(value) || value.length !== 2 || !/^(true|false)$/i.test(String(value[1]))) return null;
  const text = String(value[0]).trim();
  if (/^-inf(inity)?$/i.test(text)) return Number.NEGATIVE_INFINITY;
  return /^-?[\d.]+(e[+-]?\d+)?$/i.test(text) && Number(text) <= LOGPROB_SLACK ? Number(text) : null;
}

/**
 * The question of a sample whose responses are log-likelihoods, one request per option. Options are continuations of
 * one context, or contexts of one continuation (Winogrande); then the common beginning of the contexts is the prompt.
 * Requests without a context (for mutual information) are skipped. An option is named by the document's label, else by
 * its text, or by letters if texts occur twice.
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

/** The divisor of a length-normalised score: 1, characters (Unicode code points, as Python counts them), or bytes. */
export const LENGTHS: Record<string, (text: string) => number> = {
  acc: () => 1,
  acc_norm: (text) => [...text].length,
  acc_bytes: (text) => Buffer.byteLength(text),
};

/** The option with the highest log-likelihood per length. Of equal ones the first, as in the harness. */
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
 * The option that a target means: by its index, its name or its text. An index may be stored as text, and options may
 * be numbers. If both readings are possible and differ, the result is null.
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

/** Texts without the single blank that the harness puts between context and continuation. */
function withoutDelimiter(texts: readonly string[]): string[] {
  return texts.every((text) => /^\s/.test(text)) ? texts.map((text) => text.slice(1)) : [...texts];
}

/** The common beginning of all texts, up to its last blank. */
function sharedStart(texts: readonly string[]): string {
  let n = 0;
  while (n < texts[0].length && texts.every((text) => text[n] === texts[0][n])) n++;
  const shared = texts[0].slice(0, n);
  return shared.slice(0, shared.search(/\s\S*$/) + 1);
}
