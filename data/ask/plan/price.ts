import { VouchError } from '../../../support/errors.js';
import { type PerModel, valuesFor } from '../per-model.js';
import { isFree, type LedgerRow } from './ledger.js';

/** Prices per million tokens, in any currency. */
export interface Prices {
  prompt: PerModel;
  completion: PerModel;
}

/**
 * The price of all requests of a row. 0 for verifiers and hidden states; null if a price of the model is missing.
 * Error: BAD_USAGE if a price is not a number of at least 0.
 */
export function priceOf({ kind, model, promptTokens, completionTokens }: LedgerRow, prices: Prices): number | null {
  if (isFree(kind)) return 0;
  const prompt = priceIn(prices.prompt, model, '--price-prompt');
  const completion = priceIn(prices.completion, model, '--price-completion');
  if (prompt === null || completion === null) return null;
  return (promptTokens * prompt + completionTokens * completion) / 1e6;
}

function priceIn(prices: PerModel, model: string, field: string): number | null {
  const text = valuesFor(prices, model).at(-1);
  if (text === undefined) return null;
  const price = Number(text);
  if (text.trim() === '' || !(price >= 0 && price < Infinity)) {
    throw new VouchError('BAD_USAGE', 'this is not a price', { field, expected: 'a number of at least 0', got: text });
  }
  return price;
}
