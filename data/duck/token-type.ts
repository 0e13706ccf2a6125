import type { DuckDBListType, DuckDBStructType, DuckDBType } from '@duckdb/node-api';

/** Field numbers of a token's struct, and whether log-probabilities are single precision. */
export interface TokenType {
  token: number;
  logprob: number;
  single: boolean;
  /** Null if tokens have no alternatives. */
  top: { field: number; token: number; logprob: number; single: boolean } | null;
}

/**
 * Reads the type of a column of tokens: a list of structs with `token` (text), `logprob` (float or double) and
 * optionally `top`, a list of such structs. The order of fields does not matter, and other fields are allowed. Null for
 * any other type: texts, decimals, JSON.
 */
export function tokenTypeOf(type: DuckDBType): TokenType | null {
  const own = fieldsOf(type);
  // a token with bytes may count even without text; only the plain reader handles that
  if (own === null || own.names.includes('bytes')) return null;
  const pair = pairOf(own);
  if (pair === null) return null;
  const field = own.names.indexOf('top');
  if (field < 0) return { ...pair, top: null };
  const inner = fieldsOf(own.types[field]);
  const top = inner === null ? null : pairOf(inner);
  return top === null ? null : { ...pair, top: { field, ...top } };
}

interface Fields {
  names: readonly string[];
  types: readonly DuckDBType[];
}

function fieldsOf(type: DuckDBType): Fields | null {
  if (!/\[\]$/.test(String(type))) return null;
  const item = (type as DuckDBListType).valueType;
  if (!String(item).startsWith('STRUCT(') || String(item).endsWith(']')) return null;
  const { entryNames, entryTypes } = item as DuckDBStructType;
  return { names: entryNames, types: entryTypes };
}

function pairOf({ names, types }: Fields): { token: number; logprob: number; single: boolean } | null {
  const token = names.indexOf('token');
  const logprob = names.indexOf('logprob');
  if (token < 0 || logprob < 0 || String(types[token]) !== 'VARCHAR') return null;
  const number = String(types[logprob]);
  return number === 'FLOAT' || number === 'DOUBLE' ? { token, logprob, single: number === 'FLOAT' } : null;
}
