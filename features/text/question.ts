import type { Feature } from '../feature.js';
import { logCount } from '../stats.js';
import { Question } from '../words/question-form.js';
import type { Tally } from '../words/tally.js';

const shared = { version: 1, needs: 'prompt', towards: 'either', range: [0, 1] } as const;

function asks(name: string, form: Question): Feature {
  return { ...shared, name: `text.asks${name}`, of: ({ question }) => (question === form ? 1 : 0) };
}

/** What the question asks for, one indicator each; all 0 where its words don't tell. English. */
export const asksYesNo = asks('YesNo', Question.YES_NO);
export const asksNumber = asks('Number', Question.NUMBER);
export const asksPerson = asks('Person', Question.PERSON);
export const asksTime = asks('Time', Question.TIME);
export const asksPlace = asks('Place', Question.PLACE);
export const asksReason = asks('Reason', Question.REASON);
export const asksThing = asks('Thing', Question.THING);
export const asksChoice = asks('Choice', Question.CHOICE);

/**
 * Whether the answer has the form the question asks for: yes or no; a number that is not the question's; a name that is not
 * the question's; an option's letter.
 */
export const formFits: Feature = {
  ...shared,
  name: 'text.formFits',
  towards: 'right',
  unless: 'the question asks for no form that can be told',
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

/** Numbers in the prompt: ln(1 + n). */
export const promptNumbers = counted('promptNumbers', 'either', ({ numbers }) => numbers);

/** Years in the prompt, numbers of four digits from 1000 to 2999: ln(1 + n). */
export const promptYears = counted('promptYears', 'either', ({ years }) => years);

/** Negations in the prompt: ln(1 + n). "Which is not …" is answered wrong more often. */
export const promptNegations = counted('promptNegations', 'wrong', ({ negations }) => negations);

/** Words of the prompt that rank things ("first", "most", "largest"): ln(1 + n). What is first or most must be compared to be known. */
export const promptRanks = counted('promptRanks', 'either', ({ ranks }) => ranks);

/** Links: "of", and question words behind the first of a sentence ("the man who"): ln(1 + n). Questions of several steps have many. */
export const promptLinks = counted('promptLinks', 'either', ({ links }) => links);

function counted(name: string, towards: Feature['towards'], count: (tally: Tally) => number): Feature {
  return {
    ...shared,
    name: `text.${name}`,
    towards,
    range: [0, 25],
    of: ({ promptTally }) => logCount(count(promptTally)),
  };
}

/** Names in the prompt, as a share of its words. Questions about named things are easier to look up. */
export const promptNames: Feature = {
  ...shared,
  name: 'text.promptNames',
  unless: 'the prompt has no words',
  of: ({ prompt, promptTally }) => promptTally.names / (prompt.n || NaN),
};

/** Function words of the prompt, as a share of its words: plain speech has many, lists and terms few. */
export const promptStops: Feature = {
  ...shared,
  name: 'text.promptStops',
  unless: 'the prompt has no words',
  of: ({ prompt, promptTally }) => promptTally.stops / (prompt.n || NaN),
};

/** Whether the answer affirms (1) or denies (−1) what the prompt puts with a negation; 0 where the prompt has none. */
export const affirmsNegation: Feature = {
  ...shared,
  name: 'text.affirmsNegation',
  range: [-1, 1],
  unless: 'the answer is neither yes nor no',
  of: ({ promptTally, gist }) => {
    if (gist.polarity < 0) return NaN;
    return promptTally.negations > 0 ? 2 * gist.polarity - 1 : 0;
  },
};
