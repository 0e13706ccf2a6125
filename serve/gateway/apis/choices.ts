import { type Fields, isObject } from '../../../data/check-value.js';
import { boundedJson } from '../../../data/read/bounded-json.js';
import type { VouchField } from '../verdict/field.js';
import { editJson } from '../wire/edit-json.js';
import { eventWith, parsed, type ServerEvent, withData } from '../wire/events.js';
import type { Pair } from './api.js';
import { tellsOfFailure } from './failure.js';

/** What the APIs with `choices` have in common: chat and text completions. */
export const choicesOf = (response: Fields): Fields[] =>
  Array.isArray(response.choices) ? response.choices.filter(isObject) : [];

/** Puts null in the place of each choice's log-probabilities, as endpoints write it where none were asked for. */
export function withoutLogprobs(text: string): string {
  return editJson(text, ['choices', '*', 'logprobs'], () => 'null');
}

/** Whether a response holds a choice that did not fail. */
export function holdsChoices(response: Fields): boolean {
  const failed = (choice: Fields) => choice.error != null || choice.finish_reason === 'error';
  return !tellsOfFailure(response) && choicesOf(response).some((choice) => !failed(choice));
}

/** The i-th choice first, those beside it as its samples. */
export function pairOf(request: Fields, response: Fields, choices: Fields[], i: number): Pair {
  const ordered = [choices[i], ...choices.filter((_, j) => j !== i)];
  return {
    request,
    place: i,
    response: { ...response, choices: ordered.map((choice, index) => ({ ...choice, index })) },
  };
}

/** A chunk of a stream. */
export function chunkOf(object: string, { id, created, model }: Fields, choices: Fields[]): Fields {
  return { id, object, created, model, choices };
}

/** What vouch says, as one more chunk without choices, before [DONE]: clients pass over such chunks. */
export function sayInChunk(object: string) {
  return (last: ServerEvent | null, response: Fields, vouch: VouchField): ServerEvent[] => [
    eventWith({ ...chunkOf(object, response, []), vouch }),
    ...(last === null ? [] : [last]),
  ];
}

/** The text of a response with replaced choices; what is no choice counts for none. */
export function replaceChoices(put: (choice: Fields, text: string) => Fields) {
  return (text: string, texts: ReadonlyMap<number, string>): string => {
    let i = 0;
    return editJson(text, ['choices', '*'], (choice) => {
      const value: unknown = boundedJson(choice);
      const instead = isObject(value) ? texts.get(i++) : undefined;
      return instead === undefined ? choice : JSON.stringify(put(value as Fields, instead));
    });
  };
}

/** The events of a stream without the replaced choices; new chunks stand in their place, in front. */
export function replaceChunks(chunks: (index: number, text: string) => Fields[], object: string) {
  return (events: ServerEvent[], response: Fields, texts: ReadonlyMap<number, string>): ServerEvent[] => {
    const all = choicesOf(response);
    const replaced = new Map([...texts].map(([i, text]) => [Number(all[i].index), text]));
    const own = [...replaced].flatMap(([index, text]) => chunks(index, text));
    const others = events.flatMap((event) => withoutChoices(event, (index) => replaced.has(index)));
    return [...own.map((choice) => eventWith(chunkOf(object, response, [choice]))), ...others];
  };
}

/** The event without these choices; none where nothing is left in it. */
function withoutChoices(event: ServerEvent, gone: (index: number) => boolean): ServerEvent[] {
  const chunk = parsed(event);
  if (!isObject(chunk) || choicesOf(chunk).length === 0) return [event];
  const kept = choicesOf(chunk).filter(({ index }) => !gone(typeof index === 'number' ? index : 0));
  if (kept.length === choicesOf(chunk).length) return [event];
  if (kept.length === 0 && chunk.usage == null) return [];
  return [withData(event, JSON.stringify({ ...chunk, choices: kept }))];
}
