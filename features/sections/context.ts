import type { Feature } from '../feature.js';
import {
  contextContainment,
  contextFresh,
  contextNames,
  contextNumbers,
  contextRun,
  contextRunShare,
  contextWords,
  factsContainment,
  promptInContext,
  runNearQuestion,
} from '../text/grounding.js';

/** The context. */
export const contextSignals: readonly Feature[] = [
  contextWords,
  contextContainment,
  contextFresh,
  contextNumbers,
  contextNames,
  contextRun,
  contextRunShare,
  promptInContext,
  runNearQuestion,
  factsContainment,
];
