import { objectOf } from '../../table/fields.js';
import type { ListedToken } from '../parts/answer-tokens.js';

/** The tokens that were likely at one place: by token id, with log-probability, rank and text. */
type Step = { id: string; token: string; logprob: unknown; rank: number }[];

/** Whether a value is vLLM's list of log-probabilities: dictionaries by token id, with the tokens' texts. */
export function areSteps(value: unknown): value is unknown[] {
  if (!Array.isArray(value)) return false;
  const first = objectOf(value.find((step) => step != null));
  if (first === null) return false;
  const entries = Object.entries(first);
  return (
    entries.length > 0 && entries.every(([id, entry]) => /^-?\d+$/.test(id) && 'logprob' in (objectOf(entry) ?? {}))
  );
}

/**
 * The tokens that were chosen, step by step. With `ids` they are known; without, they are those that spell the answer, as the
 * order of a dictionary by ids, in which vLLM puts the chosen one first, does not survive JSON; else the likeliest, which the caller
 * then holds against the answer. Undefined where a step has no text or lacks the chosen token.
 */
export function chosenTokens(value: readonly unknown[], answer: string, ids: unknown): ListedToken[] | undefined {
  const steps = value.map(stepOf);
  if (steps.some((step) => step.length === 0)) return undefined;
  const known = Array.isArray(ids) && ids.length >= steps.length ? ids.map(String) : null;
  const chosen =
    known === null
      ? (spelling(steps, answer, true) ?? spelling(steps, answer, false) ?? steps.map((step) => orderOf(step)[0]))
      : steps.map((step, i) => step.findIndex(({ id }) => id === known[i]));
  if (chosen.some((at) => at < 0)) return undefined;
  return steps.map((step, i) => {
    const { token, logprob } = step[chosen[i]];
    return { token, logprob, top: step.map((other) => ({ token: other.token, logprob: other.logprob })) };
  });
}

function stepOf(value: unknown): Step {
  const entries = Object.entries(objectOf(value) ?? {}).map(([id, entry]) => {
    const { decoded_token: token, logprob, rank } = objectOf(entry) ?? {};
    return { id, token: typeof token === 'string' ? token : null, logprob, rank: Number(rank ?? 0) };
  });
  if (entries.some(({ token }) => token === null)) return [];
  return (entries as Step).sort((a, b) => a.rank - b.rank || Number(b.logprob) - Number(a.logprob));
}

/** Tries before the search is given up. */
const MOST_TRIES = 100_000;

/** For each step, which of its tokens to take so that together they spell the answer, or its begin; the likelier first. */
function spelling(steps: readonly Step[], answer: string, whole: boolean): number[] | undefined {
  const orders = steps.map(orderOf);
  const path: number[] = []; // how many of a step's tokens were tried
  const places: number[] = [0]; // what of the answer was spelt before a step
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const i = path.length;
    if (i === steps.length) {
      if (!whole || answer.slice(places[i]).trim() === '') return path.map((n, step) => orders[step][n]);
      if (!goBack()) return undefined;
      continue;
    }
    let n = 0;
    let next = -1;
    for (; n < orders[i].length && next < 0; n++) next = after(steps[i][orders[i][n]].token, answer, places[i]);
    if (next >= 0) {
      path.push(n - 1);
      places.push(next);
      continue;
    }
    if (!goBack()) return undefined;
  }
  return undefined;

  /** Takes the next token at the last step that has one. */
  function goBack(): boolean {
    while (path.length > 0) {
      let n = (path.pop() as number) + 1;
      places.pop();
      const i = path.length;
      for (; n < orders[i].length; n++) {
        const next = after(steps[i][orders[i][n]].token, answer, places[i]);
        if (next < 0) continue;
        path.push(n);
        places.push(next);
        return true;
      }
    }
    return false;
  }
}

/** A token whose rank lies beyond the number of listed ones was listed because it was chosen; else the likelier first. */
function orderOf(step: Step): number[] {
  const order = step.map((_, at) => at);
  const far = step.findIndex(({ rank }) => rank > step.length);
  return far < 0 ? order : [far, ...order.filter((at) => at !== far)];
}

/** Where the answer goes on after a token; −1 where the token does not stand there. An end mark may follow the whole answer. */
function after(token: string, answer: string, at: number): number {
  if (answer.startsWith(token, at)) return at + token.length;
  if (at === 0 && token.trimStart() === '') return 0;
  if (at === 0 && answer.startsWith(token.trimStart())) return token.trimStart().length;
  if (answer.slice(at).trim() === '' && (token.trim() === '' || /^<[^<>\s]+>$/.test(token.trim()))) return at;
  return -1;
}
