import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { type Prices, parsePrices, type pricesSchema } from '../../scorer/policy/prices.js';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';

/** A file of prices, or its content. */
export type PricesInput = string | z.input<typeof pricesSchema>;

/** Reads and checks prices. Errors: FILE_MISSING, FILE_UNREADABLE, BAD_JSON; BAD_USAGE with the field. */
export async function readPrices(given: PricesInput): Promise<{ prices: Prices; file?: string }> {
  if (typeof given !== 'string') return { prices: parsePrices(given) };
  const text = await readFile(given, 'utf8').catch((error: unknown) => {
    throw inError(given, error);
  });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new VouchError('BAD_JSON', 'the prices are not JSON', { file: given, cause });
  }
  return { prices: parsePrices(raw, given), file: given };
}
