import type { Fields } from '../../../data/check-value.js';
import type { Steps } from '../../../support/steps.js';
import type { VouchField } from '../verdict/vouch-field.js';
import type { ServerEvent } from '../wire/events.js';

/**
 * The meaning of an event of a stream: nothing yet, a piece of an answer, a failure, or the event that completes the
 * answer. vouch adds its result at the last one.
 */
export type Mark = 'nothing' | 'piece' | 'failure' | 'last';

/** Combines the events of a stream into the response that a request without streaming would have got. */
export interface Gathering {
  add(event: ServerEvent): Mark;
  /** The response. If the stream broke off or failed, it is a failure. */
  response(): Fields;
}

/** One answer of a response, as its log format reads it if it is the only one. */
export interface Pair {
  request: Fields;
  response: Fields;
  /** The number of its prompt, and its index among the answers to that prompt, from 0. */
  prompt: number;
  place: number;
}

/** The size of a response, in the units on which the time to read it depends. */
export interface Size {
  choices: number;
  /** Output items or content blocks, if the API divides answers into such parts. */
  items: number;
  /** Tokens with log-probabilities. */
  tokens: number;
}

/** How log-probabilities are requested, and how they are removed again. */
interface LogprobsOfApi {
  /** Whether the client requests them itself. */
  asked(body: Fields): boolean;
  /** Fields of the request that ask for `top` alternatives per token. */
  ask(body: Fields, top: number): Fields;
  /** The text of a response as the API sends it if `body` does not request them. */
  strip(text: string, body: Fields): Steps<string>;
  /** The same for the data of one event. */
  stripData(data: string, body: Fields): Steps<string>;
}

/**
 * An API whose answers are scored. Each API is one value, and `list.ts` lists them all. The rest of the gateway is the
 * same for all APIs.
 */
export interface Api {
  /** The name of its log format, as `--format` takes it. */
  format: 'openai-chat' | 'openai-completions' | 'openai-responses' | 'anthropic';
  /** The document that defines the API. */
  source: string;
  path: RegExp;
  /** Whether a body is a request that this API could answer. */
  takes(body: Fields): boolean;
  /** Null: this API has none. */
  logprobs: LogprobsOfApi | null;
  /** Whether JSON with status 200 is a response of this API and not a failure. */
  holds(response: Fields): boolean;
  sizeOf(response: Fields): Size;
  answers(request: Fields, response: Fields): Pair[];
  /** The text of a response in which these texts replace its answers. Keys are indexes into `answers`. */
  replace(text: string, response: Fields, texts: ReadonlyMap<number, string>): Steps<string>;
  /** A complete response that contains this text and nothing else. */
  saying(text: string, model: string): Fields;
  gathering(): Gathering;
  /** Whether a failure ends the stream. If it does, vouch adds its result there, too. */
  failureIsLast: boolean;
  /** Adds vouch's result to the last event, or after all events (null). Returns the events that replace it. */
  say(last: ServerEvent | null, response: Fields, field: VouchField): Steps<ServerEvent[]>;
  /** The events of a stream in which these texts replace its answers. */
  replaceEvents(events: ServerEvent[], response: Fields, texts: ReadonlyMap<number, string>): Steps<ServerEvent[]>;
  /**
   * Whether clients of the API understand this: a complete response, or the data of an event. They may not notice
   * anything else.
   */
  knows(data: unknown): boolean;
}
