import type { Limits } from './verdict/limits.js';

/** How much is read of an answer. */
export interface Most {
  bytes: number;
  limits: Limits;
}
