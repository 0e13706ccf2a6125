import { z } from 'zod';
import { VouchError } from '../../support/errors.js';

/** What one thing costs. `money` is in any unit; tokens and milliseconds are counted beside it. */
export const priceSchema = z.strictObject({
  money: z.number().nonnegative().default(0),
  tokens: z.number().nonnegative().default(0),
  milliseconds: z.number().nonnegative().default(0),
});
export type Price = z.infer<typeof priceSchema>;

/** The fields of a stage that names none, by the name of the stage. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  logprobs: ['tokens', 'choices'],
  samples: ['samples'],
  verifier: ['verifiers'],
  stated: ['stated'],
};

/** The fields that a stage can buy. */
const FIELD =
  /^(tokens|choices|samples|stated|verifiers|embedding|embeddings|similarities|entailments|features)(\.[^.]+)?$/;

const stageSchema = z
  .strictObject({
    /** Name of the stage, as reports and rows show it. */
    name: z.string().regex(/^[\w.-]+$/, 'letters, digits, _, . and - only'),
    /** Fields of the first answer that come with this stage; with `model`, fields of that model's answer. */
    fields: z.array(z.string().regex(FIELD, 'a field that can be bought, such as tokens or verifiers.nli')).optional(),
    /** How many samples are bought; only with the field `samples`. */
    k: z.number().int().positive().optional(),
    /** Another model whose answer to the same question is bought. */
    model: z.string().min(1).optional(),
    price: priceSchema.prefault({}),
  })
  .transform((stage) => ({
    ...stage,
    fields: stage.fields ?? (stage.model === undefined ? [...(USUAL[stage.name] ?? [])] : []),
  }));
export type Stage = z.infer<typeof stageSchema>;

/** The most stages: there are up to 2^stages states, and each needs rows to learn from. */
const MOST_STAGES = 8;

/** A file of prices: the stages in any order, and what outcomes cost. All defaults stand here. */
export const pricesSchema = z
  .strictObject({
    /** The first answer, which every question gets. */
    first: z.strictObject({ model: z.string().min(1).optional(), price: priceSchema.prefault({}) }).prefault({}),
    stages: z.array(stageSchema).min(1).max(MOST_STAGES),
    /** A wrong answer that is returned, in money. */
    wrong: z.number().positive(),
    /** A question without an answer, in money. */
    abstain: z.number().nonnegative().optional(),
    /** A question that a person answers, in money. */
    person: z.number().nonnegative().optional(),
    /** What a token and a millisecond are worth, in money. */
    perToken: z.number().nonnegative().default(0),
    perMillisecond: z.number().nonnegative().default(0),
    /** Orders of stages to try; absent: the given order and its parts, as far as `mostStates` allows. */
    orders: z.array(z.array(z.string()).min(1)).optional(),
    /** The most states (sets of bought stages) that predictors are trained for. */
    mostStates: z.number().int().min(2).max(64).default(8),
  })
  .superRefine((prices, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message, input: prices });
    const names = prices.stages.map(({ name }) => name);
    prices.stages.forEach(({ name, fields = [], k, model }, i) => {
      if (names.indexOf(name) !== i) fault(['stages', i, 'name'], `two stages have the name ${name}`);
      if (fields.length === 0 && model === undefined) {
        fault(['stages', i], `the stage ${name} buys nothing: name its fields or its model`);
      }
      if (k !== undefined && !fields.includes('samples')) fault(['stages', i, 'k'], 'only the field samples has a k');
      if (model !== undefined && model === prices.first.model) fault(['stages', i, 'model'], 'this is the first model');
    });
    prices.orders?.forEach((order, i) => {
      order.forEach((name, j) => {
        if (!names.includes(name)) fault(['orders', i, j], `no stage has the name ${name}`);
        if (order.indexOf(name) !== j) fault(['orders', i, j], `the stage ${name} comes twice`);
      });
    });
    const stop = Math.min(prices.abstain ?? Infinity, prices.person ?? Infinity);
    if (stop === Infinity) fault(['abstain'], 'the price of an abstention or of a person is missing');
    else if (stop >= prices.wrong) fault(['wrong'], 'a wrong answer must cost more than to return none');
  });
export type Prices = z.infer<typeof pricesSchema>;

/** Checks a file of prices. Error: BAD_USAGE with the field. */
export function parsePrices(raw: unknown, file?: string): Prices {
  const parsed = pricesSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new VouchError('BAD_USAGE', issue.message, { file, field: issue.path.join('.') || undefined });
}

/** What happens where no answer is returned, and its price in money: whichever costs less. */
export function stopOf({ abstain = Infinity, person = Infinity }: Pick<Prices, 'abstain' | 'person'>): {
  decision: 'abstain' | 'escalate';
  money: number;
} {
  return person < abstain ? { decision: 'escalate', money: person } : { decision: 'abstain', money: abstain };
}

/** A price as one number, in money. */
export function worth(
  { money, tokens, milliseconds }: Price,
  { perToken, perMillisecond }: Pick<Prices, 'perToken' | 'perMillisecond'>,
): number {
  return money + tokens * perToken + milliseconds * perMillisecond;
}

/** The sum of prices. */
export function sumOf(prices: readonly Price[]): Price {
  return prices.reduce(
    (sum, { money, tokens, milliseconds }) => ({
      money: sum.money + money,
      tokens: sum.tokens + tokens,
      milliseconds: sum.milliseconds + milliseconds,
    }),
    { money: 0, tokens: 0, milliseconds: 0 },
  );
}

/** The price of a stage of this name. */
export function priceOf({ stages }: Pick<Prices, 'stages'>, name: string): Price {
  return (stages.find((stage) => stage.name === name) as Stage).price;
}
