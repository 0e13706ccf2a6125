import type { Alternative, Token } from '../../record.js';

/**
 * The model's distribution over the options of a multiple choice, at the first answer token that spells an option: p(o)
 * = Σ exp logprob of the alternatives that spell o, divided by the sum for all options. " A", "A", "(A" and "A." all
 * spell A. An option outside the recorded top-k gets 0: its probability is below that of the k-th alternative.
 * Undefined if no answer token spells an option or its alternatives were not recorded. Words match in any case, single
 * letters in the same case.
 */
export function optionMass(tokens: readonly Token[], options: readonly string[]): Record<string, number> | undefined {
  const at = tokens.find((token) => optionOf(token.token, options) !== undefined);
  if (at === undefined || at.top == null || at.top.length === 0) return undefined;
  const mass = massBy(withChosen(at), (text) => optionOf(text, options));
  const total = [...mass.values()].reduce((sum, p) => sum + p, 0);
  if (!(total > 0)) return undefined;
  return Object.fromEntries(
    options.map((option) => [option, Number(((mass.get(option) ?? 0) / total).toPrecision(6))]),
  );
}

/** Sums exp logprob over alternatives, by what they spell. Alternatives that spell nothing are left out. */
export function massBy<T>(
  alternatives: readonly Alternative[],
  spells: (text: string) => T | undefined,
): Map<T, number> {
  const mass = new Map<T, number>();
  for (const { token, logprob } of alternatives) {
    const spelt = spells(token);
    if (spelt === undefined || logprob == null || Number.isNaN(logprob)) continue;
    mass.set(spelt, (mass.get(spelt) ?? 0) + Math.exp(Math.min(logprob, 0)));
  }
  return mass;
}

/** The alternatives including the chosen token, which some endpoints leave out. */
export function withChosen(token: Token): Alternative[] {
  const top = token.top ?? [];
  return top.some((other) => other.token === token.token) ? top : [...top, token];
}

function optionOf(text: string, options: readonly string[]): string | undefined {
  const bare = text.replace(/^[\s([*"']+|[\s)\].:,*"']+$/g, '');
  const lower = bare.toLowerCase();
  return options.find((option) => (option.length === 1 ? option === bare : option.toLowerCase() === lower));
}
