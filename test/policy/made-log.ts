import type { AnswerRecord } from '../../data/record.js';
import { sigmoid } from '../../models/numbers.js';
import { random } from '../../support/random.js';

const CITIES = ['Canberra', 'Sydney', 'Perth', 'Hobart', 'Darwin', 'Cairns'];

/** A log with every stage: a small model's answer with a stated confidence, a verifier's score, a large model's answer. */
export function madeLog(questions: number, seed: string): AnswerRecord[] {
  const draw = random(seed);
  return Array.from({ length: questions }, (_, q): AnswerRecord[] => {
    const ease = 1 + 1.3 * draw.normal();
    const small = draw.next() < sigmoid(ease);
    const large = draw.next() < sigmoid(ease + 1.5);
    const right = CITIES[draw.int(CITIES.length)];
    const wrong = () => CITIES[(CITIES.indexOf(right) + 1 + draw.int(CITIES.length - 1)) % CITIES.length];
    const shared = {
      group: `q${q}`,
      task: 'cities',
      prompt: `Which city is meant in riddle ${q}?`,
      decoding: { temperature: 0 },
    };
    return [
      {
        ...{ ...shared, id: `q${q}/small`, model: 'small', answer: small ? right : wrong() },
        stated: sigmoid(0.7 * ease + (small ? 0.4 : -0.4) + 0.5 * draw.normal()),
        verifiers: { nli: sigmoid((small ? 1.3 : -1.3) + draw.normal()) },
        labels: [{ value: small ? 1 : 0, source: 'human' }],
      },
      {
        ...{ ...shared, id: `q${q}/large`, model: 'large', answer: large ? right : wrong(), selected: true },
        labels: [{ value: large ? 1 : 0, source: 'human' }],
      },
    ];
  }).flat();
}

/** The same log as one that recorded all stages for every question. */
export const unselected = (records: readonly AnswerRecord[]): AnswerRecord[] =>
  records.map(({ selected: _, ...record }) => record as AnswerRecord);

export const PRICES = {
  first: { model: 'small', price: { money: 0.01, tokens: 10 } },
  stages: [
    { name: 'nli', fields: ['verifiers.nli'], price: { money: 0.05, milliseconds: 20 } },
    { name: 'large', model: 'large', price: { money: 0.4, tokens: 30 } },
  ],
  wrong: 3,
  person: 1,
};
