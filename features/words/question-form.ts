import { Flag } from './flags.js';
import { foldedHash } from './fold.js';
import { auxiliaryWords, interrogativeWords, numberNouns } from './question-words.js';
import type { Words } from './words.js';

/** The form of answer that a question asks for, as far as its words show. */
export const Question = {
  UNKNOWN: 0,
  YES_NO: 1,
  NUMBER: 2,
  PERSON: 3,
  TIME: 4,
  PLACE: 5,
  REASON: 6,
  THING: 7,
  /** Options are listed in the prompt. */
  CHOICE: 8,
} as const;
export type Question = (typeof Question)[keyof typeof Question];

const set = (words: string) => new Set(words.split(/\s+/).map(foldedHash));
const {
  person: personWords,
  time: timeWords,
  place: placeWords,
  reason: reasonWords,
  thing: thingWords,
} = interrogativeWords;
const person = set(personWords);
const time = set(timeWords);
const place = set(placeWords);
const reason = set(reasonWords);
const thing = set(thingWords);
const auxiliary = set(auxiliaryWords);
const how = foldedHash('how');
const quantity = set('many much old long far tall high deep wide large big often fast heavy hot cold');
const number = set(numberNouns);
const timeNoun = set('year date decade century day month time era');
const placeNoun = set('country city state county town continent island capital river place region province village');
const personNoun = set(
  'man woman person actor actress singer author president writer king queen artist scientist composer name',
);
const options = ['a', 'b'].map(foldedHash);
const truths = ['true', 'false', 'yes', 'no'].map(foldedHash);
const or = foldedHash('or');

/**
 * What a question asks for. The first interrogative of the last sentence with one decides: "which year" asks for a
 * time, "how many" for a number. "True or false" and "yes or no" ask for these words, and listed options for a choice.
 * English.
 */
export function questionOf(prompt: Words): Question {
  let form: Question = Question.UNKNOWN;
  let inSentence = false;
  let listed = 0;
  for (let w = 0; w < prompt.n; w++) {
    const id = prompt.ids[w];
    const flags = prompt.flags[w];
    if ((flags & Flag.START) !== 0) {
      inSentence = false;
      if (id === options[listed]) listed++;
    }
    if ((flags & Flag.ASK) === 0) continue;
    if (w > 0 && w + 1 < prompt.n && id === or && isTruthPair(prompt.ids[w - 1], prompt.ids[w + 1]))
      return Question.YES_NO;
    if (inSentence) continue;
    const next = w + 1 < prompt.n ? prompt.ids[w + 1] : 0;
    const found = interrogative(id, next, (flags & Flag.START) !== 0);
    if (found === Question.UNKNOWN) continue;
    form = found;
    inSentence = true;
  }
  return listed === 2 ? Question.CHOICE : form;
}

function interrogative(id: number, next: number, start: boolean): Question {
  if (person.has(id)) return Question.PERSON;
  if (time.has(id)) return Question.TIME;
  if (place.has(id)) return Question.PLACE;
  if (id === how && quantity.has(next)) return Question.NUMBER;
  if (reason.has(id)) return Question.REASON;
  if (thing.has(id)) {
    if (timeNoun.has(next)) return Question.TIME;
    if (placeNoun.has(next)) return Question.PLACE;
    if (personNoun.has(next)) return Question.PERSON;
    return number.has(next) ? Question.NUMBER : Question.THING;
  }
  if (start && number.has(id)) return Question.NUMBER;
  return start && auxiliary.has(id) ? Question.YES_NO : Question.UNKNOWN;
}

function isTruthPair(a: number, b: number): boolean {
  return truths.includes(a) && truths.includes(b);
}
