import type { Feature } from '../feature.js';
import { logCount, share } from '../stats.js';
import { Flag } from '../words/flags.js';
import { Phrase } from '../words/phrase-kinds.js';
import type { Words } from '../words/words.js';

const shared = { version: 1, needs: 'reasoning', towards: 'wrong', range: [0, 25] } as const;

/** Occurrences a hundred words: ln(1 + 100 n / words). */
function rate(count: number, words: Words): number {
  return Math.log1p((100 * count) / Math.max(1, words.n));
}

/** Words of the reasoning: ln(1 + n). Long reasoning is hard questions, and wandering. */
export const reasoningWords: Feature = {
  ...shared,
  name: 'reasoning.words',
  towards: 'either',
  of: ({ reasoning }) => logCount(reasoning.n),
};

/** Hedges a hundred words of reasoning. */
export const reasoningHedges: Feature = {
  ...shared,
  name: 'reasoning.hedges',
  of: ({ reasoning }) => rate(reasoning.phrases[Phrase.HEDGE], reasoning),
};

/** Refusals and gaps ("not mentioned", "cannot determine") a hundred words of reasoning. */
export const reasoningRefusals: Feature = {
  ...shared,
  name: 'reasoning.refusals',
  of: ({ reasoning }) => rate(reasoning.phrases[Phrase.REFUSAL], reasoning),
};

/** Self-corrections ("wait", "let me recheck") in the reasoning: ln(1 + n). */
export const reasoningCorrections: Feature = {
  ...shared,
  name: 'reasoning.corrections',
  of: ({ reasoning }) => logCount(reasoning.phrases[Phrase.CORRECTION]),
};

/** The same a hundred words of reasoning. */
export const correctionRate: Feature = {
  ...shared,
  name: 'reasoning.correctionRate',
  of: ({ reasoning }) => rate(reasoning.phrases[Phrase.CORRECTION], reasoning),
};

/** Questions the reasoning asks itself: ln(1 + n). */
export const reasoningQuestions: Feature = {
  ...shared,
  name: 'reasoning.questions',
  of: ({ reasoning }) => logCount(reasoning.questions),
};

/** Negations a hundred words of reasoning. */
export const reasoningNegations: Feature = {
  ...shared,
  name: 'reasoning.negations',
  towards: 'either',
  of: ({ reasoning }) => {
    let count = 0;
    for (let w = 0; w < reasoning.n; w++) if ((reasoning.flags[w] & Flag.NEGATION) !== 0) count++;
    return rate(count, reasoning);
  },
};

/** Numbers in the reasoning that neither prompt nor context nor facts hold: ln(1 + n). */
export const reasoningUnseenNumbers: Feature = {
  ...shared,
  name: 'reasoning.unseenNumbers',
  towards: 'either',
  of: ({ reasoningInSources: found }) => logCount(found.numbers - found.numbersFound),
};

/** Names in the reasoning that neither prompt nor context nor facts hold: ln(1 + n). */
export const reasoningUnseenNames: Feature = {
  ...shared,
  name: 'reasoning.unseenNames',
  towards: 'either',
  of: ({ reasoningInSources: found }) => logCount(found.names - found.namesFound),
};

/** Share of the answer's content words that the reasoning holds: whether the answer follows from it. */
export const reasoningContainment: Feature = {
  ...shared,
  name: 'reasoning.containment',
  towards: 'right',
  unless: 'the answer has no content word',
  range: [0, 1],
  of: ({ inReasoning }) => share(inReasoning.contentFound, inReasoning.content),
};

/** Whether the last number or option the reasoning names is the answer's. */
export const reasoningConcludes: Feature = {
  ...shared,
  name: 'reasoning.concludes',
  towards: 'right',
  unless: 'answer or reasoning names neither number nor option',
  range: [0, 1],
  of: ({ gist, reasoningGist }) => {
    if (gist.option >= 0 && reasoningGist.option >= 0) return gist.option === reasoningGist.option ? 1 : 0;
    if (gist.number !== 0 && reasoningGist.number !== 0) return gist.number === reasoningGist.number ? 1 : 0;
    return NaN;
  },
};

/** Lines of the reasoning: ln(1 + line breaks). Steps. */
export const reasoningLines: Feature = {
  ...shared,
  name: 'reasoning.lines',
  towards: 'either',
  of: ({ reasoning }) => logCount(reasoning.lines),
};

/** Whether the last yes or no of the reasoning, or of its last 40 words, is the answer's. */
export const reasoningSides: Feature = {
  ...shared,
  name: 'reasoning.sides',
  towards: 'right',
  unless: 'the answer says neither yes nor no, or the end of the reasoning neither',
  range: [0, 1],
  of: ({ gist, reasoning }) => {
    if (gist.polarity < 0) return NaN;
    for (let w = reasoning.n - 1; w >= endFrom(reasoning); w--) {
      const yesNo = reasoning.flags[w] & (Flag.YES | Flag.NO);
      if (yesNo === 0) continue;
      const negated = w > 0 && (reasoning.flags[w - 1] & Flag.NEGATION) !== 0 ? 1 : 0;
      return ((yesNo === Flag.YES ? 1 : 0) ^ negated) === gist.polarity ? 1 : 0;
    }
    return NaN;
  },
};

/** Share of the answer's content words that the last 40 words of the reasoning hold: whether it ends on the answer. */
export const reasoningEnds: Feature = {
  ...shared,
  name: 'reasoning.ends',
  towards: 'right',
  unless: 'the answer has no content word',
  range: [0, 1],
  of: ({ answer, reasoning }) => {
    const from = endFrom(reasoning);
    let content = 0;
    let found = 0;
    for (let w = 0; w < answer.n; w++) {
      if ((answer.flags[w] & Flag.STOP) !== 0) continue;
      content++;
      if (isBehind(answer.ids[w], reasoning, from)) found++;
    }
    return share(found, content);
  },
};

/** Where in the reasoning the first of the answer's fresh words is first named: 0 at the beginning, 1 at the end. Late where it was worked out. */
export const reasoningFirst: Feature = {
  ...shared,
  name: 'reasoning.first',
  towards: 'either',
  unless: 'the reasoning names no word of the answer that the prompt does not hold',
  range: [0, 1],
  of: ({ answer, reasoning, reasoningSet, promptSet }) => {
    for (let w = 0; w < answer.n; w++) {
      if ((answer.flags[w] & Flag.STOP) !== 0 || promptSet.has(answer.ids[w])) continue;
      const at = reasoningSet.get(answer.ids[w]);
      if (at >= 0) return at / reasoning.n;
    }
    return NaN;
  },
};

const END = 40;

/** Whether a word stands at or behind a place. */
function isBehind(id: number, { ids, n }: Words, from: number): boolean {
  for (let w = from; w < n; w++) if (ids[w] === id) return true;
  return false;
}

function endFrom(reasoning: Words): number {
  return Math.max(0, reasoning.n - END);
}
