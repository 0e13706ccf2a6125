import type { Feature } from '../feature.js';
import { panelDeviation, panelLeast, panelLogit, panelMean, panelMost, panelVote } from '../verifiers/panel.js';
import { stated, statedLogit } from '../verifiers/stated.js';

/** Stated confidence and verifiers. */
export const verifiersSignals: readonly Feature[] = [
  stated,
  statedLogit,
  panelMean,
  panelLeast,
  panelMost,
  panelDeviation,
  panelLogit,
  panelVote,
];
