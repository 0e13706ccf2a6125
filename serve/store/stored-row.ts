import type { Logged } from '../../data/token-list.js';
import { keptWith } from '../../scorer/kept.js';
import type { Score } from '../../scorer/scorer.js';
import { packSignals } from '../../store/signals.js';
import type { ScoredRow } from '../../store/write/scored.js';
import { isMadeId } from '../made-id.js';

/** What the store keeps of an answer: its signals, or also its prompt and its text. */
export type Keep = 'signals' | 'texts';

/** A scored answer for the store, without what only the request knows. */
export type StoredRow = Omit<ScoredRow, 'time' | 'tenant' | 'person' | 'response'>;

/** The row for a score; null if nothing is stored, or there was no answer to score. */
export function storedRow(record: Logged, score: Score, keep: Keep | undefined): StoredRow | null {
  const kept = keep === undefined ? undefined : keptWith(score);
  if (kept === undefined || score.probability === null) return null;
  const { id, probability, logit, low, high, shift, decision, why, missing } = score;
  const { pattern, slice, claim, basis, promise } = score;
  const { digest: bundle, way, model, task, selected, group } = kept;
  const texts = keep === 'texts' ? textsOf(record) : null;
  // one literal: objects spread into each other took as long as the rest of storing
  return {
    id: isMadeId(id) ? null : id,
    question: group,
    bundle,
    way,
    model,
    task,
    selected: selected ? 1 : 0,
    probability,
    logit,
    low,
    high,
    shift,
    decision,
    why,
    pattern,
    slice,
    claim,
    basis,
    promise,
    missing: missing === null ? null : JSON.stringify(missing),
    signals: packSignals(kept),
    prompt: texts === null ? null : texts.prompt,
    answer: texts === null ? null : texts.answer,
  };
}

function textsOf({ prompt, messages, answer }: Logged): Pick<StoredRow, 'prompt' | 'answer'> {
  return { prompt: prompt ?? (messages == null ? null : JSON.stringify(messages)), answer };
}
