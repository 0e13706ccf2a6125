import { objectOf } from '../../table/fields.js';
import type { ListedToken } from '../parts/answer-tokens.js';

/** The likely tokens at one position: their ids, log-probabilities, ranks and texts. */
type Step = { id: string; token: string; logprob: unknown; rank: number }[];

/** Whether a value is vLLM's list of log-probabilities: dictionaries by token id, with the texts of the tokens. */
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
 * The chosen tokens, step by step. `ids` names them if given. Without `ids` they are those that spell the answer: vLLM
 * puts the chosen token first, but this order does not survive JSON, because the keys are numbers. If no tokens spell
 * the answer, the likeliest are taken, and the caller compares them with the answer. Undefined if a step has no text or
 * lacks the chosen token.
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

/** The search gives up after this many tries. */
const MOST_TRIES = 100_000;

/**
 * For each step, the index of the token to take so that together they spell the answer, or its beginning. Likelier
 * tokens are tried first.
 */
function spelling(steps: readonly Step[], answer: string, whole: boolean): number[] | undefined {
  const orders = steps.map(orderOf);
  const path: number[] = []; // how many tokens of each step were tried
  const places: number[] = [0]; // how much of the answer was spelt before each step
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

/**
 * The order in which to try tokens. A token whose rank is greater than the number of listed ones was listed because it
 * was chosen, so it is first; then the likelier ones.
 */
function orderOf(step: Step): number[] {
  const order = step.map((_, at) => at);
  const far = step.findIndex(({ rank }) => rank > step.length);
  return far < 0 ? order : [far, ...order.filter((at) => at !== far)];
}

/**
 * Where the answer continues after a token; −1 if the token does not fit there. An end mark may follow the complete
 * answer.
 */
function after(token: string, answer: string, at: number): number {
  if (answer.startsWith(token, at)) return at + token.length;
  if (at === 0 && token.trimStart() === '') return 0;
  if (at === 0 && answer.startsWith(token.trimStart())) return token.trimStart().length;
  if (answer.slice(at).trim() === '' && (token.trim() === '' || /^<[^<>\s]+>$/.test(token.trim()))) return at;
  return -1;
}
