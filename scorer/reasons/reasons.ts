import { plainLine } from '../../features/plain.js';
import type { SignalSchema } from '../../features/schema.js';
import { shortest } from '../batch/out/shortest.js';
import type { Rows } from '../run-graph.js';
import type { Explained, Explainer } from './explain.js';

/** One signal's part in a probability. */
export interface Reason {
  /**
   * A signal without its version (its log or logit and its missing flag are included), a category, `words` for the text
   * channel, or `embeddings` for the embedding channel.
   */
  signal: string;
  /**
   * The recorded value: a number, a category's name, the logit of a channel. Null if it was not recorded, or if the
   * category was never seen in training.
   */
  value: number | string | null;
  /** What it adds to the logit, compared with a typical answer. Below 0 it lowers the probability. */
  effect: number;
  /** The signal and its value in plain words: `Average token probability: 0.93`. */
  plain: string;
}

/** Effects are rounded to 1e-4, because their sum is exact only to that. */
const STEPS = 1e4;

/** The `most` strongest reasons of each row, the strongest first. Reasons without effect are left out. */
export function reasonsOf(explainer: Explainer, schema: SignalSchema, rows: Rows, most: number): Reason[][] {
  const { names } = explainer.signals;
  const explained = explainer.explain(rows);
  return Array.from(explained.base, (_, i) => {
    const effects = explained.effects.subarray(i * names.length, (i + 1) * names.length);
    return strongest(effects, most).map((s) => {
      const value = recorded(explainer, { schema, rows, explained }, i, s);
      return { signal: names[s], value, effect: rounded(effects[s]), plain: plainLine(names[s], value) };
    });
  });
}

function strongest(effects: Float64Array, most: number): number[] {
  const seen = Array.from(effects.keys()).filter((s) => rounded(effects[s]) !== 0);
  return seen.sort((a, b) => Math.abs(effects[b]) - Math.abs(effects[a]) || a - b).slice(0, most);
}

function rounded(effect: number): number {
  return Math.round(effect * STEPS) / STEPS;
}

/** What was recorded of signal s in row i. */
function recorded(
  { signals }: Explainer,
  { schema, rows, explained }: { schema: SignalSchema; rows: Rows; explained: Explained },
  i: number,
  s: number,
): Reason['value'] {
  const { numeric, categorical } = schema;
  const { features, categories } = rows;
  if (s === signals.words) return shortest(explained.text[i]);
  if (s === signals.embeddings) return shortest(explained.embeddings[i]);
  const k = s - signals.shown.length;
  if (k >= 0) return categorical[k].vocabulary[Number(categories[i * categorical.length + k]) - 1] ?? null;
  const value = features[i * numeric.length + signals.shown[s]];
  return Number.isNaN(value) ? null : shortest(value);
}
