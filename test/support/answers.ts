import type { AnswerRecord } from '../../data/record.js';
import { random } from '../../support/random.js';

/**
 * Made-up answers to `questions` questions, two per question, whose rightness follows their token log-probabilities and
 * a user number, so that there is something to learn. Every field kind is present on some and missing on others.
 */
export function madeAnswers(questions: number, seed = 1): AnswerRecord[] {
  const draw = random(`answers ${seed}`);
  const records: AnswerRecord[] = [];
  for (let q = 0; q < questions; q++) {
    const ease = draw.normal();
    for (const [k, model] of ['small', 'large'].entries()) {
      const skill = ease + 0.7 * k + 0.5 * draw.normal();
      const hints = draw.next();
      const right = draw.next() < 1 / (1 + Math.exp(-2.5 * skill - 2 * (hints - 0.5)));
      const record: AnswerRecord = {
        id: `q${q}/${model}`,
        group: `q${q}`,
        model,
        task: q % 3 === 0 ? 'sums' : 'facts',
        prompt: `What is fact number ${q}?`,
        answer: `It is ${Math.floor(100 * draw.next())}.`,
        features: { hints: draw.next() < 0.2 ? null : hints, plan: q % 2 === 0 ? 'pro' : 'free' },
        labels: [{ value: right ? 1 : 0, source: 'human' }],
      };
      if (draw.next() < 0.9) {
        record.tokens = Array.from({ length: 3 + draw.int(4) }, (_, t) => {
          const logprob = -Math.exp(-skill + 0.6 * draw.normal() - 1);
          const rest = -Math.expm1(logprob);
          return {
            token: ` t${t}`,
            logprob,
            top: [
              { token: ` t${t}`, logprob },
              { token: ' a', logprob: Math.log(rest * 0.6 + 1e-9) },
              { token: ' b', logprob: Math.log(rest * 0.3 + 1e-9) },
            ],
          };
        });
      }
      if (draw.next() < 0.5) record.stated = 0.9;
      records.push(record);
    }
  }
  return records;
}
