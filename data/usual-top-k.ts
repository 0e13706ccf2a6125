import { PackedTokens } from './packed-tokens.js';
import type { TokenList } from './token-list.js';

/**
 * If the alternatives leave less probability than this, there is nothing more to list: guided decoding leaves few
 * tokens to choose from.
 */
export const NOTHING_LEFT = 1e-4;

/**
 * How many alternatives the tokens of an answer usually have: the most frequent number, the smaller one on a tie.
 * Tokens whose alternatives sum to probability 1 (guided decoding) count only if all tokens are like that, because they
 * could not list more. 0 if no token has any.
 */
export function usualTopK(tokens: TokenList): number {
  const free = new Map<number, number>();
  const full = new Map<number, number>();
  const add = (usable: number, mass: number) => {
    if (usable === 0) return;
    const counts = Math.abs(1 - mass) < NOTHING_LEFT ? full : free;
    counts.set(usable, (counts.get(usable) ?? 0) + 1);
  };
  if (tokens instanceof PackedTokens) addPacked(tokens, add);
  else addListed(tokens, add);
  let usual = 0;
  let most = 0;
  for (const [usable, count] of free.size > 0 ? free : full) {
    if (count < most || (count === most && usable > usual)) continue;
    usual = usable;
    most = count;
  }
  return usual;
}

type Add = (usable: number, mass: number) => void;

function addPacked(tokens: PackedTokens, add: Add): void {
  const { logprobs } = tokens;
  let at = tokens.logprobsAt;
  for (let i = 0; i < tokens.length; i++) {
    const has = !Number.isNaN(logprobs[at++]);
    const end = at + Math.max(0, tokens.counts[tokens.countsAt + i * tokens.stride]);
    let usable = 0;
    let mass = 0;
    for (; at < end; at++) {
      if (Number.isNaN(logprobs[at])) continue;
      usable++;
      mass += Math.exp(logprobs[at]);
    }
    if (has) add(usable, mass);
  }
}

function addListed(tokens: TokenList, add: Add): void {
  for (const { logprob: own, top } of tokens) {
    if (own == null || Number.isNaN(own)) continue;
    let usable = 0;
    let mass = 0;
    for (const { logprob } of top ?? []) {
      if (logprob == null || Number.isNaN(logprob)) continue;
      usable++;
      mass += Math.exp(logprob);
    }
    add(usable, mass);
  }
}
