import type { DuckDBListType, DuckDBStructType, DuckDBType } from '@duckdb/node-api';

/** Where the fields of a token stand in its struct, and whether numbers are single precision. */
export interface TokenType {
  token: number;
  logprob: number;
  single: boolean;
  /** Null where tokens have no alternatives. */
  top: { field: number; token: number; logprob: number; single: boolean } | null;
}

/**
 * Reads the type of a column of tokens: a list of structs with `token` (text), `logprob` (float or double) and perhaps `top`, a list of
 * such; in any order, other fields beside them. Null where the column is anything else: texts, decimals, JSON.
 */
export function tokenTypeOf(type: DuckDBType): TokenType | null {
  const own = fieldsOf(type);
  // a token with bytes may count without text: the plain reader sees both
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
