/** Oddities that are not errors. A run counts them; its summary lists them. */
const ODDITIES = {
  answeredBefore: 'questions came with an answer; the answer and its fields were left out',
  noQuestion: 'answers have no prompt or messages, so nothing could be asked about them; they are unchanged',
  noAnswer: 'replies are tool calls, were cut off by a content filter or failed: answer null, nothing else was asked',
  noLogprobs: 'answers came without log-probabilities',
  empty: 'answers are empty',
  truncated: 'answers were cut off at the token limit',
  noChoices: 'multiple-choice answers have no token that names an option',
  fewerSamples: 'questions got fewer samples than asked for',
  noStated: 'stated confidences could not be read',
  noStatedAfter: 'probabilities of several answers could not be read',
  noPtrue: 'P(True) could not be read',
  noVerdict: "judge's verdicts could not be read",
  noEntailment:
    'entailments of two texts could not be read, so they are left out with all others of the same record and kind',
  noHidden: 'answers have no hidden state: they are too long for the server',
  noExamination: 'cross-examinations ended without a verdict that could be read',
} as const;

export type Tally = Record<keyof typeof ODDITIES, number>;

const KEYS = Object.keys(ODDITIES) as (keyof Tally)[];

export function newTally(): Tally {
  return Object.fromEntries(KEYS.map((key) => [key, 0])) as Tally;
}

/** One line for each oddity that occurred. */
export function describeTally(tally: Tally): string[] {
  return KEYS.filter((key) => tally[key] > 0).map((key) => `${tally[key]} ${ODDITIES[key]}`);
}
