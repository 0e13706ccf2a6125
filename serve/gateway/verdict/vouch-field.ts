import type { Verdict } from './verdict.js';

/** The `vouch` field of an answer: what is said of its first choice, of each where there are several, and what was done. */
export type VouchField = Verdict & {
  choices?: Verdict[];
  /** The answer is not the model's: it was abstained from. */
  replaced?: true;
  escalated?: { from: { model: string; probability?: number; decision?: string | null } } | { failed: string };
};
