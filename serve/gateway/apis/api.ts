import type { Fields } from '../../../data/check-value.js';
import type { Steps } from '../../../support/steps.js';
import type { VouchField } from '../verdict/vouch-field.js';
import type { ServerEvent } from '../wire/events.js';

/**
 * What an event of a stream is: nothing yet, a piece of an answer, a failure, or the event at which the answer is complete: vouch
 * speaks there.
 */
export type Mark = 'nothing' | 'piece' | 'failure' | 'last';

/** Puts the events of a stream together into the response that it would have been without streaming. */
export interface Gathering {
  add(event: ServerEvent): Mark;
  /** What broke off, or failed, reads as a failure. */
  response(): Fields;
}

/** One answer of a response, as its log format reads it where it is the only one. */
export interface Pair {
  request: Fields;
  response: Fields;
  /** The prompt that it answers, by number; its place among the answers to it, from 0. */
  prompt: number;
  place: number;
}

/** How large a response is, in what its reading takes time for. */
export interface Size {
  choices: number;
  /** Output items or content blocks, where an answer is made of such. */
  items: number;
  /** Tokens with log-probabilities. */
  tokens: number;
}

/** How log-probabilities are asked for, and taken out again. */
interface LogprobsOfApi {
  /** The client asks for them itself. */
  asked(body: Fields): boolean;
  /** Fields of the request that ask for `top` alternatives a token. */
  ask(body: Fields, top: number): Fields;
  /** The text of a response as it is where `body` does not ask for them. */
  strip(text: string, body: Fields): Steps<string>;
  /** The same for the data of one event. */
  stripData(data: string, body: Fields): Steps<string>;
}

/** An API whose answers are scored: a value, in one list (`list.ts`). Everything else of the gateway is the same for all. */
export interface Api {
  /** Of its log format, as `--format` takes it. */
  format: 'openai-chat' | 'openai-completions' | 'openai-responses' | 'anthropic';
  /** The definition it follows. */
  source: string;
  path: RegExp;
  /** Whether a body is a request that could get an answer here. */
  takes(body: Fields): boolean;
  /** Null: this API has none. */
  logprobs: LogprobsOfApi | null;
  /** Whether JSON that came with status 200 is a response of this API, and no failure. */
  holds(response: Fields): boolean;
  sizeOf(response: Fields): Size;
  answers(request: Fields, response: Fields): Pair[];
  /** The text of a response with these texts in the place of its answers, by their place in `answers`. */
  replace(text: string, response: Fields, texts: ReadonlyMap<number, string>): Steps<string>;
  /** A whole response that holds this text and nothing else. */
  saying(text: string, model: string): Fields;
  gathering(): Gathering;
  /** Nothing comes after a failure: vouch speaks there, too. */
  failureIsLast: boolean;
  /** Says what vouch says in a stream, at the last event or (null) behind all; gives the events in its place. */
  say(last: ServerEvent | null, response: Fields, field: VouchField): Steps<ServerEvent[]>;
  /** The events of a stream with these texts in the place of its answers. */
  replaceEvents(events: ServerEvent[], response: Fields, texts: ReadonlyMap<number, string>): Steps<ServerEvent[]>;
  /** Whether this is what clients of the API read: a whole response, or the data of an event. What else it is, they may not see. */
  knows(data: unknown): boolean;
}
