import type { Feature } from '../feature.js';
import { Flag } from '../words/flags.js';
import { foldedHash } from '../words/fold.js';
import { Question } from '../words/question.js';

const shared = { version: 1, needs: 'prompt', towards: 'either', range: [0, 1] } as const;

const OF = foldedHash('of');

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
export const promptNumbers: Feature = {
  ...shared,
  name: 'text.promptNumbers',
  range: [0, 25],
  of: ({ prompt }) => Math.log1p(countFlag(prompt.flags, prompt.n, Flag.NUMBER)),
};

/** Names in the prompt, as a share of its words. Questions about named things are easier to look up. */
export const promptNames: Feature = {
  ...shared,
  name: 'text.promptNames',
  unless: 'the prompt has no words',
  of: ({ prompt }) => countFlag(prompt.flags, prompt.n, Flag.NAME) / (prompt.n || NaN),
};

/** Negations in the prompt: ln(1 + n). "Which is not …" is answered wrong more often. */
export const promptNegations: Feature = {
  ...shared,
  name: 'text.promptNegations',
  towards: 'wrong',
  range: [0, 25],
  of: ({ prompt }) => Math.log1p(countFlag(prompt.flags, prompt.n, Flag.NEGATION)),
};

function countFlag(flags: Int32Array, n: number, flag: number): number {
  let count = 0;
  for (let w = 0; w < n; w++) if ((flags[w] & flag) !== 0) count++;
  return count;
}

/** Words of the prompt that rank things ("first", "most", "largest"): ln(1 + n). What is first or most must be compared to be known. */
export const promptRanks: Feature = {
  ...shared,
  name: 'text.promptRanks',
  range: [0, 25],
  of: ({ prompt }) => Math.log1p(countFlag(prompt.flags, prompt.n, Flag.RANK)),
};

/** Question words of the prompt behind the first of a sentence ("the man who"), and "of": ln(1 + n). Questions of several steps have many. */
export const promptLinks: Feature = {
  ...shared,
  name: 'text.promptLinks',
  range: [0, 25],
  of: ({ prompt: { ids, flags, n } }) => {
    let count = 0;
    for (let w = 0; w < n; w++) if (ids[w] === OF || (flags[w] & (Flag.ASK | Flag.START)) === Flag.ASK) count++;
    return Math.log1p(count);
  },
};

/** Share of function words among those of the prompt: plain speech has many, lists and terms few. */
export const promptStops: Feature = {
  ...shared,
  name: 'text.promptStops',
  unless: 'the prompt has no words',
  of: ({ prompt }) => countFlag(prompt.flags, prompt.n, Flag.STOP) / (prompt.n || NaN),
};

/** Years in the prompt, numbers of four digits from 1000 to 2999: ln(1 + n). */
export const promptYears: Feature = {
  ...shared,
  name: 'text.promptYears',
  range: [0, 25],
  of: ({ prompt, promptText }) => {
    let count = 0;
    for (let w = 0; w < prompt.n; w++) {
      if ((prompt.flags[w] & Flag.NUMBER) === 0 || prompt.to[w] - prompt.from[w] !== 4) continue;
      const code = promptText.charCodeAt(prompt.from[w]);
      if (code === 49 || code === 50) count++;
    }
    return Math.log1p(count);
  },
};

/** Whether the answer affirms (1) or denies (−1) what the prompt puts with a negation; 0 where the prompt has none. */
export const affirmsNegation: Feature = {
  ...shared,
  name: 'text.affirmsNegation',
  range: [-1, 1],
  unless: 'the answer is neither yes nor no',
  of: ({ prompt, gist }) => {
    if (gist.polarity < 0) return NaN;
    return countFlag(prompt.flags, prompt.n, Flag.NEGATION) > 0 ? 2 * gist.polarity - 1 : 0;
  },
};
