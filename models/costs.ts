import { z } from 'zod';

const cost = z.number().nonnegative();

/** What each outcome costs, in any unit. An accepted right answer costs 0. */
export const costsSchema = z
  .strictObject({
    /** A wrong answer that is accepted. */
    wrong: z.number().positive(),
    /** An answer on which vouch abstains. */
    abstain: cost,
    /** An answer that is escalated to a person or a better model; absent if there is nobody to escalate to. */
    escalate: cost.optional(),
    /**
     * The share of escalated wrong answers that come back wrong (each then also costs `wrong`). Right ones stay right.
     */
    escalatedWrong: z.number().min(0).max(1).default(0),
  })
  .refine(({ wrong, abstain, escalate }) => Math.min(abstain, escalate ?? abstain) < wrong, {
    message: 'a wrong answer must cost more than abstaining or escalating, or there is nothing to decide',
    path: ['wrong'],
  });

export const cutsSchema = z.object({
  /** From this probability on, accepting costs least. */
  accept: z.number(),
  /**
   * Among answers that are not accepted: from this probability on, escalating costs less than abstaining; null if it
   * never does.
   */
  escalate: z.number().nullable(),
});

export type Costs = z.infer<typeof costsSchema>;
export type Cuts = z.infer<typeof cutsSchema>;
export type Action = 'accept' | 'abstain' | 'escalate';

/**
 * The cost of an action on an answer with probability (or label) y of being right: (1 − y)·wrong to accept, `abstain`
 * to abstain, escalate + (1 − y)·escalatedWrong·wrong to escalate. In the unit of the table.
 */
export function costOf(action: Action, y: number, { wrong, abstain, escalate, escalatedWrong }: Costs): number {
  if (action === 'accept') return (1 - y) * wrong;
  return action === 'abstain' ? abstain : (escalate ?? Infinity) + (1 - y) * escalatedWrong * wrong;
}

/**
 * The probabilities at which the cheapest action changes. As p rises, the cost of accepting falls fastest, that of
 * escalating more slowly (answers that stay wrong cost the same), that of abstaining not at all. So from low p to high
 * p the order is abstain, escalate, accept. Accept from max(1 − abstain / wrong, 1 − escalate / (wrong (1 − r))) on,
 * escalate from 1 − (abstain − escalate) / (r wrong) on, with r = escalatedWrong. At equal cost abstaining is preferred
 * to escalating, and accepting to both. Source: Chow 1970 for one cut.
 */
export function cutsOf({ wrong, abstain, escalate, escalatedWrong: r }: Costs): Cuts {
  if (escalate === undefined) return { accept: Math.max(0, 1 - abstain / wrong), escalate: null };
  const overEscalating = r < 1 ? 1 - escalate / (wrong * (1 - r)) : 0;
  const never = escalate >= abstain;
  return {
    accept: Math.max(0, 1 - abstain / wrong, overEscalating),
    escalate: never ? null : r === 0 ? 0 : Math.max(0, 1 - (abstain - escalate) / (r * wrong)),
  };
}
