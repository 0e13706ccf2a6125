import type { ChatRequest, RequestKind } from '../endpoint/chat.js';

/** Kinds of requests that have no tokens. */
type FreeKind = 'verifier' | 'hidden state';

/** Whether requests of this kind have no tokens, and so no price. */
export function isFree(kind: LedgerRow['kind']): kind is FreeKind {
  return kind === 'verifier' || kind === 'hidden state';
}

/**
 * Requests of one kind to one model. Tokens are estimates; completion tokens are the most that the replies may have.
 * A verifier and a hidden state have a name in place of the model's, and no tokens.
 */
export interface LedgerRow {
  kind: RequestKind | FreeKind;
  model: string;
  calls: number;
  promptTokens: number;
  completionTokens: number;
}

/** Adds up requests by kind and model, in the order in which they first occurred. */
export class Ledger {
  readonly #rows = new Map<string, LedgerRow>();

  get rows(): LedgerRow[] {
    return [...this.#rows.values()];
  }

  addRequest({ kind, maxTokens, n }: ChatRequest, model: string, promptTokens: number): void {
    const row = this.#row(kind, model);
    row.calls++;
    row.promptTokens += promptTokens;
    row.completionTokens += n * maxTokens;
  }

  addWithoutTokens(kind: FreeKind, name: string): void {
    this.#row(kind, name).calls++;
  }

  #row(kind: LedgerRow['kind'], model: string): LedgerRow {
    const key = `${kind}\n${model}`;
    const row = this.#rows.get(key) ?? { kind, model, calls: 0, promptTokens: 0, completionTokens: 0 };
    this.#rows.set(key, row);
    return row;
  }
}
