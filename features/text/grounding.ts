import type { Feature } from '../feature.js';
import { logCount, share } from '../stats.js';

const shared = { version: 1, needs: 'context', towards: 'right', range: [0, 1] } as const;

/** Share of the answer's content words that the context holds. */
export const contextContainment: Feature = {
  ...shared,
  name: 'text.contextContainment',
  unless: 'the answer has no content word',
  of: ({ inContext }) => share(inContext.contentFound, inContext.content),
};

/** Share of the answer's fresh words (content the prompt doesn't hold) that context or facts hold. */
export const contextFresh: Feature = {
  ...shared,
  name: 'text.contextFresh',
  unless: 'the answer has no fresh word',
  of: ({ inSources, inPrompt }) =>
    share(inSources.contentFound - inPrompt.contentFound, inPrompt.content - inPrompt.contentFound),
};

/** Share of the answer's numbers that the context holds. */
export const contextNumbers: Feature = {
  ...shared,
  name: 'text.contextNumbers',
  unless: 'the answer has no number',
  of: ({ inContext }) => share(inContext.numbersFound, inContext.numbers),
};

/** Share of the answer's names that the context holds. */
export const contextNames: Feature = {
  ...shared,
  name: 'text.contextNames',
  unless: 'the answer has no name',
  of: ({ inContext }) => share(inContext.namesFound, inContext.names),
};

/** Longest run of words the answer shares with the context: ln(1 + words). */
export const contextRun: Feature = {
  ...shared,
  name: 'text.contextRun',
  range: [0, 25],
  of: ({ contextRun }) => logCount(contextRun.length),
};

/** The same as a share of the answer: 1 where the whole answer is a span of the context; 0 for an answer without words. */
export const contextRunShare: Feature = {
  ...shared,
  name: 'text.contextRunShare',
  of: ({ contextRun, answer }) => (answer.n === 0 ? 0 : contextRun.length / answer.n),
};

/** Words of the context: ln(1 + n). */
export const contextWords: Feature = {
  ...shared,
  name: 'text.contextWords',
  towards: 'either',
  range: [0, 25],
  of: ({ context }) => logCount(context.n),
};

/** Share of the prompt's content words that the context holds: whether retrieval found something on the question. */
export const promptInContext: Feature = {
  ...shared,
  name: 'text.promptInContext',
  unless: 'the prompt has no content word',
  of: ({ promptInContext }) => share(promptInContext.contentFound, promptInContext.content),
};

/** Share of the prompt's content words within 25 words of the longest run that answer and context share. */
export const runNearQuestion: Feature = {
  ...shared,
  name: 'text.runNearQuestion',
  unless: 'answer and context share no word, or the prompt has no content word',
  of: (view) => view.runNearQuestion,
};

/** Share of the answer's content words that the facts about the user hold. */
export const factsContainment: Feature = {
  ...shared,
  name: 'text.factsContainment',
  needs: 'facts',
  unless: 'the answer has no content word',
  of: ({ inFacts }) => share(inFacts.contentFound, inFacts.content),
};
