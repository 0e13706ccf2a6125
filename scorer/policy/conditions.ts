import type { AnswerRecord } from '../../data/record.js';
import { sha256 } from '../../support/digest.js';
import { type Case, ownSamples } from './case.js';
import type { Conditions } from './policy.js';
import type { Prices, Stage } from './prices.js';

/** With more different values than this, a condition is not part of the certificate. */
const MOST = 20;

/** The conditions under which some cases were recorded. */
export function conditionsOf(cases: readonly Case[], { stages }: Pick<Prices, 'stages'>): Conditions {
  return {
    models: [...new Set(cases.map(({ first }) => first.model ?? ''))].sort(),
    stages: stageFacts(stages),
    temperatures: fewOf(cases.flatMap(temperaturesOf)),
    sampleTemperatures: fewOf(cases.flatMap(({ first }) => sampleTemperatures(first))),
    prompts: fewOf(cases.map(({ first }) => promptOf(first))),
  };
}

/** What a certificate states about each stage. Prices are not part of it. */
export function stageFacts(stages: readonly Stage[]): Conditions['stages'] {
  return Object.fromEntries(
    stages.map(({ name, model, k }) => [
      name,
      { ...(model === undefined ? {} : { model }), ...(k === undefined ? {} : { k }) },
    ]),
  );
}

/** What differs between a case and the conditions of a certificate; empty if it is covered. */
export function differences(of: Case, conditions: Conditions): string[] {
  const { first, others } = of;
  const { models, stages, temperatures, sampleTemperatures: sampled, prompts } = conditions;
  const isNamed = (stage: string, model: string | null | undefined) => stages[stage]?.model === (model ?? undefined);
  const isOther = <T>(known: readonly T[] | null, values: readonly T[]) =>
    known !== null && values.some((value) => !known.includes(value));
  return [
    ...(models.includes(first.model ?? '') ? [] : ['model']),
    ...[...others].flatMap(([stage, { model }]) => (isNamed(stage, model) ? [] : [`model of ${stage}`])),
    ...(isOther(temperatures, temperaturesOf(of)) ? ['temperature'] : []),
    ...(isOther(sampled, sampleTemperatures(first)) ? ['sample temperature'] : []),
    ...(isOther(prompts, [promptOf(first)]) ? ['prompt'] : []),
  ];
}

function fewOf<T>(values: readonly T[]): T[] | null {
  const distinct = [...new Set(values)];
  return distinct.length > MOST ? null : distinct;
}

/** The temperatures of the first answer and of the other models' answers. */
function temperaturesOf({ first, others }: Case): (number | null)[] {
  return [first, ...others.values()].map(({ decoding }) => {
    const value = decoding?.temperature;
    return typeof value === 'number' ? value : null;
  });
}

function sampleTemperatures(record: AnswerRecord): (number | null)[] {
  return [...new Set(ownSamples(record).map(({ temperature }) => temperature ?? null))];
}

/** The fingerprint of the system prompt: SHA-256 of the texts of its turns; of nothing if there is none. */
function promptOf({ messages }: AnswerRecord): string {
  const system = (messages ?? []).filter(({ role }) => role === 'system' || role === 'developer');
  return sha256(JSON.stringify(system.map(({ content }) => content)));
}
