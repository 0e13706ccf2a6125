import type { Limits } from './verdict/limits.js';

/** How much of an answer is read. */
export interface Most {
  bytes: number;
  limits: Limits;
}
