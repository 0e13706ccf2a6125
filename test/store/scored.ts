import { packSignals } from '../../store/signals.js';
import type { ScoredRow } from '../../store/write/scored.js';

/** 2026-01-05T10:00:00Z. */
export const T0 = 1_767_607_200_000;

/** A scored answer with the id and anything else that a test wants to differ. */
export function scored(id: string | null, more: Partial<ScoredRow> = {}): ScoredRow {
  return {
    ...{ id, response: null, person: null, question: null, prompt: null, answer: null, time: T0, tenant: '' },
    ...{ bundle: 'b'.repeat(64), way: 'direct', model: 'm', task: null, selected: 0 },
    ...{
      probability: 0.8,
      logit: 1.386,
      low: 0.7,
      high: 0.9,
      shift: 0.5,
      decision: 'accept',
      why: null,
      missing: null,
    },
    ...{ pattern: 'text', slice: null, claim: 'c1', basis: 'natural', promise: null },
    signals: packSignals({
      features: Float32Array.of(0.1, Number.NaN),
      categories: Int32Array.of(1),
      words: new Int32Array(0),
      embeddings: [],
    }),
    ...more,
  };
}
