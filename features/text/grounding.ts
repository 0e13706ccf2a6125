import type { Feature } from '../feature.js';
import { logCount, share } from '../stats.js';

const shared = { version: 1, needs: 'context', towards: 'right', range: [0, 1] } as const;

export const contextContainment: Feature = {
  ...shared,
  name: 'text.contextContainment',
  shown: 'share',
  says: "Share of the answer's content words that occur in the context.",
  unless: 'the answer has no content word',
  of: ({ inContext }) => share(inContext.contentFound, inContext.content),
};

export const contextFresh: Feature = {
  ...shared,
  name: 'text.contextFresh',
  plain: "Share of the answer's new words that occur in the context or the facts",
  shown: 'share',
  says: "Share of the answer's fresh words that occur in the context or the facts.",
  unless: 'the answer has no fresh word',
  of: ({ inSources, inPrompt }) =>
    share(inSources.contentFound - inPrompt.contentFound, inPrompt.content - inPrompt.contentFound),
};

export const contextNumbers: Feature = {
  ...shared,
  name: 'text.contextNumbers',
  shown: 'share',
  says: "Share of the answer's numbers that occur in the context.",
  unless: 'the answer has no number',
  of: ({ inContext }) => share(inContext.numbersFound, inContext.numbers),
};

export const contextNames: Feature = {
  ...shared,
  name: 'text.contextNames',
  shown: 'share',
  says: "Share of the answer's names that occur in the context.",
  unless: 'the answer has no name',
  of: ({ inContext }) => share(inContext.namesFound, inContext.names),
};

export const contextRun: Feature = {
  ...shared,
  name: 'text.contextRun',
  shown: 'count',
  says: 'Length in words of the longest sequence that occurs in both the answer and the context: ln(1 + n).',
  range: [0, 25],
  of: ({ contextRun }) => logCount(contextRun.length),
};

export const contextRunShare: Feature = {
  ...shared,
  name: 'text.contextRunShare',
  shown: 'share',
  says:
    'Share of the answer that is the longest sequence of words it shares with the context: ' +
    '1 where the whole answer is quoted from the context, 0 for an answer without words.',
  of: ({ contextRun, answer }) => (answer.n === 0 ? 0 : contextRun.length / answer.n),
};

export const contextWords: Feature = {
  ...shared,
  name: 'text.contextWords',
  shown: 'count',
  says: 'Number of words in the context: ln(1 + n).',
  towards: 'either',
  range: [0, 25],
  of: ({ context }) => logCount(context.n),
};

export const promptInContext: Feature = {
  ...shared,
  name: 'text.promptInContext',
  shown: 'share',
  says:
    "Share of the prompt's content words that occur in the context. " +
    'It shows whether retrieval found something about the question.',
  unless: 'the prompt has no content word',
  of: ({ promptInContext }) => share(promptInContext.contentFound, promptInContext.content),
};

export const runNearQuestion: Feature = {
  ...shared,
  name: 'text.runNearQuestion',
  plain: "Share of the question's words near the passage that the answer quotes",
  shown: 'share',
  says:
    "Share of the prompt's content words that occur within 25 words of the longest sequence shared by answer and " +
    'context.',
  unless: 'answer and context share no word, or the prompt has no content word',
  of: (view) => view.runNearQuestion,
};

export const factsContainment: Feature = {
  ...shared,
  name: 'text.factsContainment',
  shown: 'share',
  says: "Share of the answer's content words that occur in the facts about the user.",
  needs: 'facts',
  unless: 'the answer has no content word',
  of: ({ inFacts }) => share(inFacts.contentFound, inFacts.content),
};
