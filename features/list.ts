import { choiceEntropy } from './choices/entropy.js';
import {
  choiceMargin,
  chosenChoice,
  chosenChoiceLogit,
  chosenMargin,
  topChoice,
  topChoiceLogit,
} from './choices/top.js';
import { choiceCount, choiceIndex, choseTop } from './choices/which.js';
import type { Feature } from './feature.js';
import {
  agree,
  agreeCentral,
  agreeHead,
  agreeHeads,
  agreeLeast,
  agreeMost,
  agreeShare,
  agreeShareLogit,
  rival,
} from './samples/agreement.js';
import {
  agreeByProbability,
  agreeByStated,
  sampleLogprob,
  sampleStated,
  sampleStatedSpread,
} from './samples/confidence.js';
import { consensusHeld, support, supportMean, supportNames, supportRival } from './samples/consensus.js';
import {
  among,
  clusterEntropy,
  clusterShare,
  distinctShare,
  inMajority,
  majorityShare,
  sampleCount,
} from './samples/diversity.js';
import { agreeExact, agreeNumber, agreeOption, agreePolarity, refusalShare } from './samples/exact.js';
import { agreeFinal, finalEntropy, rivalFinal } from './samples/finals.js';
import { overOthers, overOwn, type PoolFeature } from './samples/in-pool.js';
import {
  f1,
  f1Fresh,
  f1FreshHeads,
  f1Most,
  f1Names,
  holdContent,
  holdFresh,
  holdFreshHead,
  holdNames,
  looseAmong,
  looseContent,
  looseF1,
  looseF1Fresh,
  looseFresh,
  looseFreshHeads,
  looseNames,
  relativeLength,
} from './samples/words.js';
import { equations, falseEquations, falseReasoningEquations, reasoningEquations } from './text/equations.js';
import { isEmpty, isNumber, isShort, isTruncated, nameCount, numberCount, optionIndex, saysYes } from './text/form.js';
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
} from './text/grounding.js';
import {
  answerChars,
  answerDigits,
  answerLines,
  answerSentences,
  answerWords,
  contentWords,
  lengthRatio,
  longestWord,
  promptDigits,
  promptLongestWord,
  promptWordLength,
  promptWords,
  wordLength,
} from './text/length.js';
import { optionEcho, optionLength, optionPlace, optionsListed } from './text/options.js';
import {
  freshWords,
  promptContainment,
  promptJaccard,
  promptRun,
  promptRunShare,
  unseenNames,
  unseenNumbers,
} from './text/overlap.js';
import { corrections, hedges, negations, refusals } from './text/phrases.js';
import {
  affirmsNegation,
  asksChoice,
  asksNumber,
  asksPerson,
  asksPlace,
  asksReason,
  asksThing,
  asksTime,
  asksYesNo,
  formFits,
  promptLinks,
  promptNames,
  promptNegations,
  promptNumbers,
  promptRanks,
  promptStops,
  promptYears,
} from './text/question.js';
import {
  correctionRate,
  reasoningConcludes,
  reasoningContainment,
  reasoningCorrections,
  reasoningEnds,
  reasoningFirst,
  reasoningHedges,
  reasoningLines,
  reasoningNegations,
  reasoningQuestions,
  reasoningRefusals,
  reasoningSides,
  reasoningUnseenNames,
  reasoningUnseenNumbers,
  reasoningWords,
} from './text/reasoning.js';
import { repeatedTriples, repeatedWords } from './text/repetition.js';
import { asksBack, brackets, commas, digitShare, endsSentence, quotes, upperShare, wideShare } from './text/signs.js';
import { tokenCount } from './tokens/count.js';
import { decisiveLogprob, decisiveMargin, decisiveOdds } from './tokens/decisive.js';
import {
  collisionEntropy,
  firstEntropy,
  freshMaxEntropy,
  keyMeanEntropy,
  maxEntropy,
  meanEntropy,
  minEntropy,
  onsetEntropy,
  stdEntropy,
} from './tokens/entropy.js';
import {
  freshMeanLogprob,
  freshMinLogprob,
  freshSumLogprob,
  keyMeanLogprob,
  keyMinLogprob,
  keyShare,
  onsetLogprob,
} from './tokens/key-logprob.js';
import { firstLogprob, lastLogprob, meanLogprob, minLogprob, stdLogprob, sumLogprob } from './tokens/logprob.js';
import { lowShare } from './tokens/low-share.js';
import {
  firstMargin,
  freshMinMargin,
  meanMargin,
  minMargin,
  onsetMargin,
  outrankedShare,
  restMass,
} from './tokens/margin.js';
import { pavg, pavgLogit, perplexity } from './tokens/pavg.js';
import { entropyProduction, maxRankEntropy, meanRankEntropy, rankWeightedEntropy } from './tokens/rank-entropy.js';
import { spread } from './tokens/spread.js';
import { tailLogprob } from './tokens/tail.js';
import { worstWindow } from './tokens/worst-window.js';
import { logOfNegative, logOfPositive } from './twins.js';
import { panelLeast, panelLogit, panelMean, panelMost, panelSpread, panelVote } from './verifiers/panel.js';
import { stated, statedLogit } from './verifiers/stated.js';

/** A signal and its twin on the log scale. */
const withLog = (feature: Feature): Feature[] => [
  feature,
  feature.range[1] <= 0 ? logOfNegative(feature) : logOfPositive(feature),
];

const overSamples: PoolFeature[] = [
  sampleCount,
  agree,
  agreeHeads,
  agreeHead,
  agreeMost,
  agreeLeast,
  agreeShare,
  agreeShareLogit,
  agreeCentral,
  rival,
  agreeExact,
  agreeNumber,
  agreeOption,
  agreePolarity,
  refusalShare,
  agreeFinal,
  rivalFinal,
  finalEntropy,
  holdNames,
  holdFresh,
  holdFreshHead,
  holdContent,
  f1Names,
  f1Fresh,
  f1FreshHeads,
  f1,
  f1Most,
  looseNames,
  looseFresh,
  looseFreshHeads,
  looseContent,
  looseF1Fresh,
  looseF1,
  looseAmong,
  relativeLength,
  support,
  supportNames,
  supportMean,
  supportRival,
  consensusHeld,
  among,
  majorityShare,
  inMajority,
  clusterShare,
  distinctShare,
  clusterEntropy,
  sampleLogprob,
  agreeByProbability,
  sampleStated,
  sampleStatedSpread,
  agreeByStated,
];

/** All signals with a name of their own, in order. The user's numbers, verifiers and other models by name are in dynamic.ts. */
export const features: readonly Feature[] = unique([
  // text: the answer
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
  // text: the question
  promptWords,
  promptWordLength,
  promptLongestWord,
  promptDigits,
  promptNumbers,
  promptNames,
  promptNegations,
  promptRanks,
  promptLinks,
  promptStops,
  promptYears,
  affirmsNegation,
  optionsListed,
  optionPlace,
  optionLength,
  optionEcho,
  asksYesNo,
  asksNumber,
  asksPerson,
  asksTime,
  asksPlace,
  asksReason,
  asksThing,
  asksChoice,
  formFits,
  lengthRatio,
  promptContainment,
  promptJaccard,
  promptRun,
  promptRunShare,
  freshWords,
  unseenNumbers,
  unseenNames,
  // text: the context
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
  // text: the reasoning
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
  // tokens
  tokenCount,
  pavg,
  pavgLogit,
  perplexity,
  ...withLog(meanLogprob),
  ...withLog(minLogprob),
  ...withLog(sumLogprob),
  ...withLog(firstLogprob),
  ...withLog(lastLogprob),
  stdLogprob,
  lowShare,
  ...withLog(worstWindow),
  ...withLog(tailLogprob),
  keyShare,
  ...withLog(keyMeanLogprob),
  ...withLog(keyMinLogprob),
  ...withLog(freshMeanLogprob),
  ...withLog(freshMinLogprob),
  ...withLog(freshSumLogprob),
  ...withLog(onsetLogprob),
  ...withLog(decisiveLogprob),
  // tokens: alternatives
  ...withLog(meanEntropy),
  ...withLog(maxEntropy),
  ...withLog(firstEntropy),
  stdEntropy,
  ...withLog(keyMeanEntropy),
  ...withLog(freshMaxEntropy),
  ...withLog(onsetEntropy),
  collisionEntropy,
  minEntropy,
  entropyProduction,
  rankWeightedEntropy,
  ...[1, 2, 3, 4, 5].map(meanRankEntropy),
  ...[1, 2, 3, 4, 5].map(maxRankEntropy),
  ...withLog(restMass),
  spread,
  meanMargin,
  minMargin,
  firstMargin,
  freshMinMargin,
  onsetMargin,
  decisiveMargin,
  decisiveOdds,
  outrankedShare,
  // choices
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
  // samples: of the same model, of other models
  ...overSamples.map(overOwn),
  ...overSamples.map(overOthers),
  // stated and verifiers
  stated,
  statedLogit,
  panelMean,
  panelLeast,
  panelMost,
  panelSpread,
  panelLogit,
  panelVote,
]);

/** The signal of a name; undefined where there is none. */
export function featureNamed(name: string): Feature | undefined {
  return byName.get(name);
}

const byName = new Map(features.map((feature) => [feature.name, feature]));

function unique(list: Feature[]): Feature[] {
  const names = new Set<string>();
  for (const { name } of list) {
    if (names.has(name)) throw new Error(`two signals are named ${name}`);
    if (/^(verifiers|features|agreeWith)\./.test(name))
      throw new Error(`the name ${name} belongs to the users' own signals`);
    names.add(name);
  }
  return list;
}
