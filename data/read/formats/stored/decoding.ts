import { type Fields, objectOf } from '../../table/fields.js';

/** Settings that control the sampling, by their names at different providers. */
const NAMES = new Map<string, string>(
  Object.entries({
    ...Object.fromEntries(
      ['temperature', 'top_p', 'top_k', 'max_tokens', 'max_completion_tokens', 'seed', 'reasoning_effort'].map(
        (name) => [name, name],
      ),
    ),
    topP: 'top_p',
    topK: 'top_k',
    maxTokens: 'max_tokens',
    max_output_tokens: 'max_tokens',
    maxOutputTokens: 'max_tokens',
    max_tokens_to_sample: 'max_tokens',
  }),
);

/**
 * The decoding settings among the fields of requests; the first request that has a setting wins. Undefined if there are
 * none.
 */
export function decodingIn(...holders: unknown[]): Fields | undefined {
  const decoding: Fields = {};
  for (const holder of holders) {
    for (const [key, value] of Object.entries(objectOf(holder) ?? {})) {
      const name = NAMES.get(key);
      if (name !== undefined && value != null && !(name in decoding)) decoding[name] = numberOf(value);
    }
  }
  return Object.keys(decoding).length === 0 ? undefined : decoding;
}

/** Langfuse stores settings as text. */
function numberOf(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
