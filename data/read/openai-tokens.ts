import { type Fields, objectOf } from './fields.js';

/**
 * The tokens of an answer out of a choice's `logprobs`: the list of chat completions (its refusal's list where there is no
 * content), or the parallel arrays of the older completions. Where a reasoning was kept apart the list may hold its tokens
 * too: only those of the answer are kept, none where they cannot be told apart. Undefined where nothing was recorded.
 */
export function openaiTokens(value: unknown, answer: string, reasoned: boolean): Fields[] | undefined {
  const logprobs = objectOf(value);
  if (logprobs === null) return undefined;
  const tokens = chatTokens(logprobs) ?? olderTokens(logprobs);
  if (tokens === undefined || !reasoned) return tokens;
  return lastTokens(tokens, answer);
}

function chatTokens(logprobs: Fields): Fields[] | undefined {
  const lists = [logprobs.content, logprobs.refusal].filter((list) => Array.isArray(list)) as unknown[][];
  const listed = lists.find((list) => list.length > 0) ?? lists[0];
  return listed?.map((item) => {
    const { token, logprob, top_logprobs: top } = objectOf(item) ?? {};
    return { token, logprob, ...(Array.isArray(top) && top.length > 0 ? { top: top.map(bare) } : {}) };
  });
}

function bare(item: unknown): Fields {
  const { token, logprob } = objectOf(item) ?? {};
  return { token, logprob };
}

function olderTokens(logprobs: Fields): Fields[] | undefined {
  if (!Array.isArray(logprobs.tokens)) return undefined;
  const own = Array.isArray(logprobs.token_logprobs) ? logprobs.token_logprobs : [];
  const tops = Array.isArray(logprobs.top_logprobs) ? logprobs.top_logprobs : [];
  return logprobs.tokens.map((token: unknown, i) => {
    const top = Object.entries(objectOf(tops[i]) ?? {}).map(([text, logprob]) => ({ token: text, logprob }));
    return { token, logprob: own[i], ...(top.length > 0 ? { top } : {}) };
  });
}

/** The tokens over which the answer's last occurrence stretches. */
function lastTokens(tokens: Fields[], answer: string): Fields[] | undefined {
  const start =
    answer === ''
      ? -1
      : tokens
          .map((item) => item.token)
          .join('')
          .lastIndexOf(answer);
  if (start < 0) return undefined;
  let at = 0;
  return tokens.filter((item) => {
    const from = at;
    at += String(item.token).length;
    return from < start + answer.length && at > start;
  });
}
