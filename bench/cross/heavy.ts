import { random } from '../../support/random.js';
import type { Population } from '../certify-population.js';

/**
 * How often the errors of a question occur together. A question with e times as many answers has a logit lower by one
 * half.
 */
export const HEAVY = { name: 'one to 200, a few heavy, which err more', together: 0.6, harder: 0.5, spread: 1.2 };

/** Questions of very unequal size: their number of answers is log-normal, as with answers grouped by user. */
export function heavyPopulation(questions: number, { name, together, harder, spread } = HEAVY): Population {
  const draw = random(name);
  return {
    questions: Array.from({ length: questions }, () => {
      const common = draw.normal();
      const luck = draw.next();
      const count = Math.min(200, Math.max(1, Math.round(Math.exp(spread * draw.normal()))));
      return Array.from({ length: count }, () => {
        const logit = 2 + 2 * common + 0.5 * draw.normal();
        const chance = 1 / (1 + Math.exp(harder * Math.log(count) - logit));
        const right = (draw.next() < together ? luck : draw.next()) < chance ? 1 : 0;
        return { probability: 1 / (1 + Math.exp(-logit)), label: right, weight: 1 };
      });
    }),
  };
}
