import type { Feature } from '../feature.js';
import { equations, falseEquations } from '../text/equations.js';
import { isEmpty, isNumber, isShort, isTruncated, nameCount, numberCount, optionIndex, saysYes } from '../text/form.js';
import {
  answerChars,
  answerDigits,
  answerLines,
  answerSentences,
  answerWords,
  contentWords,
  longestWord,
  wordLength,
} from '../text/length.js';
import { corrections, hedges, negations, refusals } from '../text/phrases.js';
import { repeatedTriples, repeatedWords } from '../text/repetition.js';
import { asksBack, brackets, commas, digitShare, endsSentence, quotes, upperShare, wideShare } from '../text/signs.js';

/** The text of the answer. */
export const answerSignals: readonly Feature[] = [
  answerWords,
  answerChars,
  answerSentences,
  answerLines,
  contentWords,
  wordLength,
  longestWord,
  answerDigits,
  upperShare,
  digitShare,
  wideShare,
  endsSentence,
  commas,
  quotes,
  brackets,
  asksBack,
  hedges,
  refusals,
  corrections,
  negations,
  saysYes,
  optionIndex,
  isEmpty,
  isShort,
  isNumber,
  isTruncated,
  numberCount,
  nameCount,
  repeatedWords,
  repeatedTriples,
  equations,
  falseEquations,
];
