import type { z } from 'zod';
import { type Prices, parsePrices, type pricesSchema } from '../../scorer/policy/prices.js';
import { readJson } from '../../support/files/read-json.js';

/** A file of prices, or its content. */
export type PricesInput = string | z.input<typeof pricesSchema>;

/** Reads and checks prices. Errors: FILE_MISSING, FILE_UNREADABLE, BAD_JSON; BAD_USAGE with the field. */
export async function readPrices(given: PricesInput): Promise<{ prices: Prices; file?: string }> {
  if (typeof given !== 'string') return { prices: parsePrices(given) };
  return { prices: parsePrices(await readJson(given, 'the prices are'), given), file: given };
}
