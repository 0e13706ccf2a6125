import { choiceEntropy } from '../choices/entropy.js';
import {
  choiceMargin,
  chosenChoice,
  chosenChoiceLogit,
  chosenMargin,
  topChoice,
  topChoiceLogit,
} from '../choices/top.js';
import { choiceCount, choiceIndex, choseTop } from '../choices/which.js';
import type { Feature } from '../feature.js';
import { withLog } from './with-log.js';

/** Choices. */
export const choicesSignals: readonly Feature[] = [
  choiceCount,
  choiceIndex,
  topChoice,
  topChoiceLogit,
  chosenChoice,
  chosenChoiceLogit,
  choseTop,
  choiceMargin,
  chosenMargin,
  ...withLog(choiceEntropy),
];
