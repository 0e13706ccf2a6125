import type { Feature } from '../feature.js';
import { falseReasoningEquations, reasoningEquations } from '../text/equations.js';
import { reasoningConcludes, reasoningSides } from '../text/reasoning/concludes.js';
import { reasoningContainment, reasoningEnds, reasoningFirst } from '../text/reasoning/holds-answer.js';
import { reasoningLines, reasoningQuestions, reasoningWords } from '../text/reasoning/length.js';
import { reasoningUnseenNames, reasoningUnseenNumbers } from '../text/reasoning/unsupported.js';
import {
  correctionRate,
  reasoningCorrections,
  reasoningHedges,
  reasoningNegations,
  reasoningRefusals,
} from '../text/reasoning/wording.js';

/** The reasoning. */
export const reasoningSignals: readonly Feature[] = [
  reasoningWords,
  reasoningHedges,
  reasoningRefusals,
  reasoningCorrections,
  correctionRate,
  reasoningQuestions,
  reasoningNegations,
  reasoningUnseenNumbers,
  reasoningUnseenNames,
  reasoningContainment,
  reasoningConcludes,
  reasoningSides,
  reasoningEnds,
  reasoningFirst,
  reasoningLines,
  reasoningEquations,
  falseReasoningEquations,
];
