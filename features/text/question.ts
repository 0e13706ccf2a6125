import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';
import { Question } from '../words/question-form.js';
import type { Tally } from '../words/tally.js';

const shared = { version: 1, needs: 'prompt', towards: 'either', range: [0, 1] } as const;

/**
 * One indicator for each thing that a question can ask for. All are 0 where the words of the question do not show it.
 */
function asks(name: string, form: Question, thing: string): Feature {
  return {
    ...shared,
    name: `text.asks${name}`,
    shown: 'whether',
    says: `Whether the question asks for ${thing}. English only.`,
    of: ({ question }) => (question === form ? 1 : 0),
  };
}

export const asksYesNo = asks('YesNo', Question.YES_NO, 'yes or no');
export const asksNumber = asks('Number', Question.NUMBER, 'a number');
export const asksPerson = asks('Person', Question.PERSON, 'a person');
export const asksTime = asks('Time', Question.TIME, 'a time');
export const asksPlace = asks('Place', Question.PLACE, 'a place');
export const asksReason = asks('Reason', Question.REASON, 'a reason, a method or an explanation');
export const asksThing = asks('Thing', Question.THING, 'something else ("what", "which")');
export const asksChoice = asks('Choice', Question.CHOICE, 'one of the options that the prompt lists');

/** New means that the question does not contain it. */
export const formFits: Feature = {
  ...shared,
  name: 'text.formFits',
  shown: 'whether',
  says:
    'Whether the answer has the form that the question asks for: ' +
    'yes or no, a new number, a new name, or the letter of an option.',
  towards: 'right',
  unless: 'the words of the question do not show which form of answer it asks for',
  of: ({ question, gist, inPrompt }) => {
    switch (question) {
      case Question.YES_NO:
        return gist.polarity >= 0 ? 1 : 0;
      case Question.NUMBER:
      case Question.TIME:
        return inPrompt.numbers > inPrompt.numbersFound ? 1 : 0;
      case Question.PERSON:
      case Question.PLACE:
        return inPrompt.names > inPrompt.namesFound ? 1 : 0;
      case Question.CHOICE:
        return gist.option >= 0 ? 1 : 0;
      default:
        return NaN;
    }
  },
};

export const promptNumbers = counted('promptNumbers', ({ numbers }) => numbers, {
  says: 'Number of numbers in the prompt: ln(1 + n).',
});

export const promptYears = counted('promptYears', ({ years }) => years, {
  says: 'Number of years in the prompt (numbers of four characters that begin with 1 or 2, so "2.50" also): ln(1 + n).',
});

export const promptNegations = counted('promptNegations', ({ negations }) => negations, {
  says: 'Number of negations in the prompt: ln(1 + n). "Which is not …" is answered wrong more often. English only.',
  towards: 'wrong',
});

export const promptRanks = counted('promptRanks', ({ ranks }) => ranks, {
  plain: 'Number of words in the prompt that rank things',
  says:
    'Number of words in the prompt that rank things ("first", "most", "largest"): ln(1 + n). ' +
    'They require a comparison. English only.',
});

export const promptLinks = counted('promptLinks', ({ links }) => links, {
  says:
    'Number of words in the prompt that link steps: ' +
    '"of", and question words inside a sentence ("the man who"): ln(1 + n). ' +
    'Questions of several steps have many. English only.',
});

function counted(
  name: string,
  count: (tally: Tally) => number,
  more: Pick<Feature, 'says'> & Partial<Feature>,
): Feature {
  return {
    ...shared,
    name: `text.${name}`,
    shown: 'count',
    ...more,
    range: [0, 25],
    of: ({ promptTally }) => logCount(count(promptTally)),
  };
}

export const promptNames: Feature = {
  ...shared,
  name: 'text.promptNames',
  shown: 'share',
  says: 'Names in the prompt, as a share of its words. Questions about named things are easier to look up.',
  unless: 'the prompt has no words',
  of: ({ prompt, promptTally }) => promptTally.names / (prompt.n || NaN),
};

export const promptStops: Feature = {
  ...shared,
  name: 'text.promptStops',
  shown: 'share',
  says:
    'Function words in the prompt, as a share of its words. ' +
    'Plain language has many, lists and technical terms have few.',
  unless: 'the prompt has no words',
  of: ({ prompt, promptTally }) => promptTally.stops / (prompt.n || NaN),
};

export const affirmsNegation: Feature = {
  ...shared,
  name: 'text.affirmsNegation',
  plain: 'Whether the answer affirms (1) or denies (−1) a negated prompt',
  shown: 'number',
  says:
    'Whether the answer affirms (1) or denies (−1) a prompt that contains a negation; ' +
    '0 where the prompt contains none.',
  range: [-1, 1],
  unless: 'the answer is neither yes nor no',
  of: ({ promptTally, gist }) => {
    if (gist.polarity < 0) return NaN;
    return promptTally.negations > 0 ? 2 * gist.polarity - 1 : 0;
  },
};
