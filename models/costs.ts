import { z } from 'zod';

const cost = z.number().nonnegative();

/** What each outcome costs, in any one unit; an accepted right answer costs 0. */
export const costsSchema = z
  .strictObject({
    /** A wrong answer that is accepted. */
    wrong: z.number().positive(),
    /** An answer that is held back. */
    abstain: cost,
    /** An answer that is handed on, to a person or a better model; absent where there is nobody to hand it to. */
    escalate: cost.optional(),
    /** Of the wrong answers handed on, the share that comes back wrong (and then costs `wrong` too). Right ones stay right. */
    escalatedWrong: z.number().min(0).max(1).default(0),
  })
  .refine(({ wrong, abstain, escalate }) => Math.min(abstain, escalate ?? abstain) < wrong, {
    message: 'a wrong answer must cost more than abstaining or escalating, or there is nothing to decide',
    path: ['wrong'],
  });

export const cutsSchema = z.object({
  /** From this probability up, accepting costs least. */
  accept: z.number(),
  /** Of what is not accepted: from this probability up escalating costs less than abstaining; null where it never does. */
  escalate: z.number().nullable(),
});

export type Costs = z.infer<typeof costsSchema>;
export type Cuts = z.infer<typeof cutsSchema>;
export type Action = 'accept' | 'abstain' | 'escalate';

/**
 * What an action costs on an answer with probability (or label) y of being right: (1 − y)·wrong to accept, abstain, or
 * escalate + (1 − y)·escalatedWrong·wrong. In the unit of the table.
 */
export function costOf(action: Action, y: number, { wrong, abstain, escalate, escalatedWrong }: Costs): number {
  if (action === 'accept') return (1 - y) * wrong;
  return action === 'abstain' ? abstain : (escalate ?? Infinity) + (1 - y) * escalatedWrong * wrong;
}

/**
 * The probabilities at which the cheapest action changes. Accepting gets cheaper with p fastest, escalating (where what is
 * hard stays hard) more slowly, abstaining not at all: so from low p to high the order is abstain, escalate, accept. Accept
 * from max(1 − abstain / wrong, 1 − escalate / (wrong (1 − r))), escalate from 1 − (abstain − escalate) / (r wrong), with
 * r = escalatedWrong. On equal cost abstaining wins over escalating, and accepting over both. Source: Chow 1970 for one cut.
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
