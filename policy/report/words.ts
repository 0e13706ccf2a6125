import { cappedWords } from '../../report/capped-words.js';
import { chosenPercent, cutoff, money, percent } from '../../report/numbers.js';
import type { Cut } from '../../scorer/policy/policy.js';
import { plural } from '../../support/words/plural.js';
import type { PolicyReport, StateLine } from './results.js';

/** The certificate as a headline. */
export function headline({ claim, targetError, confidence }: PolicyReport): string {
  if (claim === null) return 'Nothing could be certified for a policy';
  return (
    `Of the answers that this policy returns and accepts, at most ${chosenPercent(targetError)} are wrong, with ` +
    `${chosenPercent(confidence)} confidence`
  );
}

/** What the certify questions showed, as sentences. */
export function leadWords({ claim, advice, data, order, states, ways }: PolicyReport): string[] {
  if (claim === null) return [advice ?? ''];
  const bought = order.map((name, k) => `${name} for ${percent(states[k + 1].reached, 0)}`);
  const [own] = ways;
  return [
    `On ${plural(data.certify.questions, 'question')} that it was not chosen on, it accepted ${percent(claim.coverage)}; ` +
      `${percent(claim.error)} of these were wrong.`,
    ...cappedWords(claim),
    bought.length === 0
      ? 'It buys nothing: the first answer is enough.'
      : `It buys ${bought.join(', ')} of the questions.`,
    `A question costs ${money(own.total.value)} in all, ${money(own.signals.value)} of it for signals and answers.`,
  ];
}

/** What the policy saves against buying everything at the same certified error. */
export function savedWords({ ways, claim }: PolicyReport): string {
  const everything = ways.find(({ name }) => name.startsWith('everything') && name.includes('certified'));
  if (claim === null || everything?.saved == null || everything.total.value === null) return '';
  const { value, low, high } = everything.saved;
  return (
    `Against everything bought for every question, at the same certified error, the policy saves ${money(value)} per ` +
    `question (${money(low)} to ${money(high)}), ${percent((value ?? 0) / everything.total.value, 0)} of the cost.`
  );
}

/** A state by what was bought before it. */
export function afterWords({ bought }: Pick<StateLine, 'bought'>): string {
  return bought.length === 0 ? 'the first answer' : bought.join(', ');
}

/** The actions at a state by the probability from which they hold: `stop, buy from 0.313`. */
export function cutWords(cuts: readonly Cut[]): string {
  return cuts.map(({ from, do: action }) => (from === 0 ? action : `${action} from ${cutoff(from, 3)}`)).join(', ');
}
