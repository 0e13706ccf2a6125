import type { Verdict } from './verdict.js';

/**
 * The `vouch` field of a response: the verdict on its first choice, on each choice if there are several, and what was
 * done.
 */
export type VouchField = Verdict & {
  choices?: Verdict[];
  /** When the answers were scored: ISO 8601, UTC. */
  time?: string;
  /** The text is not the model's: its answer was replaced. */
  replaced?: true;
  escalated?: { from: { model: string; probability?: number; decision?: string | null } } | { failed: string };
};
