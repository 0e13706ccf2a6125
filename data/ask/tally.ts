/** Oddities that are no errors: counted in a run, told in its summary. */
const ODDITIES = {
  answeredBefore: 'questions carried an answer; it and all that belonged to it were left out',
  noQuestion: 'answers hold no prompt or messages, so nothing could be asked; they are as they were',
  noAnswer: 'replies are tool calls, cut off by a content filter or failed: answer null, and nothing else is asked',
  noLogprobs: 'answers came without log-probabilities',
  empty: 'answers are empty',
  truncated: 'answers were cut off at the token limit',
  noChoices: 'multiple-choice answers name no option in their tokens',
  fewerSamples: 'questions got fewer samples than asked for',
  noStated: 'stated confidences could not be read',
  noPtrue: 'P(True) could not be read',
  noVerdict: "judge's verdicts could not be read",
} as const;

export type Tally = Record<keyof typeof ODDITIES, number>;

const KEYS = Object.keys(ODDITIES) as (keyof Tally)[];

export function newTally(): Tally {
  return Object.fromEntries(KEYS.map((key) => [key, 0])) as Tally;
}

/** One line for each oddity that was met. */
export function describeTally(tally: Tally): string[] {
  return KEYS.filter((key) => tally[key] > 0).map((key) => `${tally[key]} ${ODDITIES[key]}`);
}
