import type { Token } from '../../data/record.js';
import type { TokenList } from '../../data/token-list.js';
import type { Readable, View } from '../view.js';
import type { SignalRecord, SignalToken, SignalView } from './signal-plugin.js';

/** The fields that are copied as they are. */
const fields = [
  ...(['model', 'task', 'prompt', 'messages', 'context', 'facts', 'reasoning', 'answer', 'finish'] as const),
  ...(['choices', 'samples', 'stated', 'verifiers', 'features'] as const),
  ...(['embeddings', 'similarities', 'entailments'] as const),
] as const satisfies (keyof Readable)[];

/**
 * What a plug-in may see of the record in a view: no label, no reference, and tokens as objects, however they were
 * read. Tokens are made when the plug-in reads them.
 */
export function signalViewOf({ record, promptText }: View): SignalView {
  const { tokens } = record;
  let made: readonly SignalToken[] | null | undefined;
  const seen = {
    get tokens() {
      if (made === undefined) made = tokens == null ? null : tokensOf(tokens);
      return made;
    },
  } as Record<string, unknown>;
  for (const field of fields) seen[field] = record[field];
  return { record: seen as unknown as SignalRecord, promptText };
}

function tokensOf(tokens: TokenList): SignalToken[] {
  return Array.from(tokens, (token) => new RecordedToken(token));
}

/** A token whose alternatives are copied only when they are read. */
class RecordedToken implements SignalToken {
  readonly #from: Token;

  constructor(from: Token) {
    this.#from = from;
  }

  get token(): string {
    return this.#from.token;
  }

  get logprob(): number | null {
    return recorded(this.#from.logprob);
  }

  get top(): SignalToken['top'] {
    const { top } = this.#from;
    return top == null ? null : top.map(({ token, logprob }) => ({ token, logprob: recorded(logprob) }));
  }
}

function recorded(logprob: number | null | undefined): number | null {
  return logprob == null || Number.isNaN(logprob) ? null : logprob;
}
