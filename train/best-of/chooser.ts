import { z } from 'zod';
import { VouchError } from '../../support/errors.js';
import { readJson } from '../../support/files/read-json.js';
import type { Asking } from './askings/askings.js';
import type { Candidate } from './askings/candidate.js';
import { COLUMNS } from './joint.js';
import { METHODS, type Policy } from './policy.js';

const name = z.string().nullable();

const claimSchema = z.strictObject({
  id: z.string(),
  targetError: z.number(),
  confidence: z.number(),
  threshold: z.number().nullable(),
  coverage: z.number(),
  accepted: z.number(),
  acceptedGroups: z.number(),
  error: z.number().nullable(),
  cap: z.number().nullable().optional(),
  capped: z.number().optional(),
  /** Absent in files of older versions: then it is unknown which prompts the promise covers. */
  answers: z.strictObject({ from: z.number(), to: z.number() }).optional(),
  n: z.number(),
  groups: z.number(),
  advice: z.string().nullable(),
});

/**
 * A frozen method with its joint probability and its promise, as `vouch choose --save` writes it. The promise holds only
 * for answers of the same models, tasks and temperatures, chosen with the same bundle, and for prompts with as many
 * answers (`claim.answers`).
 */
const chooserSchema = z.strictObject({
  chooser: z.literal(1),
  vouch: z.string(),
  method: z.enum(METHODS),
  of: z.number().int().min(1),
  joint: z.strictObject({
    columns: z.array(z.enum(COLUMNS)),
    centre: z.array(z.number()),
    weights: z.array(z.number()),
  }),
  /** Slope and intercept of the line for the chosen answer. */
  line: z.array(z.number()).length(2),
  /** SHA-256 of the bundle's manifest; null if no bundle was used. */
  bundle: z.string().nullable(),
  models: z.array(name),
  tasks: z.array(name),
  temperatures: z.array(z.number().nullable()),
  seed: z.number(),
  claim: claimSchema,
});
export type Chooser = z.infer<typeof chooserSchema>;

/** The candidates of an asking on which a policy rests. A revision rests on samples too: its doubt names them. */
export function coveredIn({ method, of }: Policy, { draws, attempts }: Asking): Candidate[] {
  return method === 'revision' ? [...draws, ...attempts] : draws.slice(0, of);
}

/** Reads such a file. Errors: FILE_MISSING, FILE_UNREADABLE; BAD_JSON if it is not one. */
export async function readChooser(file: string): Promise<Chooser> {
  const value = await readJson(file, 'the chooser is');
  const parsed = chooserSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  const field = path.join('.');
  const expected = 'a file that `vouch choose --save` wrote';
  throw new VouchError('BAD_JSON', message, { file, ...(field === '' ? {} : { field }), expected });
}
