import { z } from 'zod';
import { VouchError } from '../../support/errors.js';
import { madeId } from '../made-id.js';
import { messageSchema } from '../record.js';

const maybe = <T extends z.ZodType>(schema: T) => schema.nullish();

/**
 * A question to ask: a canonical record without its answer. `options` are the letters (or words) of a multiple choice.
 * `max_tokens` and `prefix` apply to this one request and are not copied into the answer; every other key is.
 */
const questionSchema = z
  .looseObject({
    id: maybe(z.string().min(1)),
    group: maybe(z.string()),
    task: maybe(z.string()),
    prompt: maybe(z.string()),
    messages: maybe(z.array(messageSchema).min(1)),
    context: maybe(z.array(z.string())),
    options: maybe(z.array(z.string().min(1)).min(2)),
    reference: maybe(z.array(z.string())),
    max_tokens: maybe(z.number().int().min(1)),
    prefix: maybe(z.union([z.string(), z.array(messageSchema)])),
  })
  .refine((question) => question.prompt != null || question.messages != null, {
    path: ['prompt'],
    message: 'expected a prompt or messages',
  });

export type Question = z.infer<typeof questionSchema> & { id: string };

/** Checks a line of a file of questions. A question without an id is named after its file and line. */
export function checkQuestion(value: unknown, file: string, line: number): Question {
  const checked = questionSchema.safeParse(value);
  if (checked.success) return { ...checked.data, id: checked.data.id ?? madeId(file, line) };
  const { path, message } = checked.error.issues[0];
  throw new VouchError('BAD_RECORD', message, { file, line, ...(path.length === 0 ? {} : { field: path.join('.') }) });
}

/** Keys that belong to an answer, not to its question. */
const OF_AN_ANSWER = [
  ...['model', 'time', 'answer', 'reasoning', 'finish', 'decoding', 'tokens', 'choices', 'samples', 'stated'],
  ...['verifiers', 'embedding', 'embeddings', 'similarities', 'entailments', 'labels', 'label', 'labelSource'],
  ...['selected', 'attempt'],
] as const;

/**
 * The question alone, from a record that has an answer already. Another model's answer and its labels must not be kept
 * with the new answer.
 */
export function withoutAnswer(question: Question): Question {
  const bare: Question = { ...question };
  for (const key of OF_AN_ANSWER) delete bare[key];
  return bare;
}
