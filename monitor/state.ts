import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeAtomic } from '../support/atomic.js';
import { VouchError } from '../support/errors.js';

const numbers = z.array(z.number());
const sums = z.object({ sum: z.number(), square: z.number() });
const count = z.number().int().min(0);

const unitSchema = z.object({
  claim: z.string(),
  slice: z.string().nullable(),
  answers: z.number().int().min(1),
  expected: z.number(),
  draws: z.array(
    z.object({ id: z.string(), chance: z.number(), probability: z.number(), label: z.number().nullable() }),
  ),
  due: z.number(),
});

const ledgerSchema = z.object({
  closed: z.object({
    above: numbers,
    aboveMost: z.number(),
    below: numbers,
    detector: numbers,
    changes: count,
    tally: z.object({
      ...{ questions: count, drawn: count, labels: count, givenUp: count },
      sums: z.object({ expected: sums, right: sums, wrong: sums }),
    }),
  }),
  open: z.array(unitSchema),
});

/** The kinds of alarms. */
export const ALERT_KINDS = ['broken', 'change', 'slice', 'drift', 'unseen', 'feedback'] as const;

const noticeSchema = z.object({
  key: z.string(),
  kind: z.enum(ALERT_KINDS),
  text: z.string(),
  since: z.string().nullable(),
  isOver: z.boolean(),
});

/** An alarm that began, or one that is over. */
export type Notice = z.infer<typeof noticeSchema>;
export type AlertKind = Notice['kind'];

const stateSchema = z.object({
  version: z.literal(1),
  /** SHA-256 of the bundle's manifest. Another bundle makes other promises. */
  bundle: z.string(),
  seed: z.number(),
  /** The smallest chance of a draw and the detector's run length; both are fixed for as long as the state lives. */
  floor: z.number(),
  runLength: z.number(),
  runs: count,
  /** Time of the first and of the last answer, in milliseconds, and the ids of the answers at the last. */
  first: z.number().nullable(),
  last: z.number().nullable(),
  lastIds: z.array(z.string()),
  /** Where the last run over a store ended: a row and its hash. Null if the answers came from files. */
  stored: z.object({ seq: count, hash: z.string() }).nullable().default(null),
  /** By claim; '' has the answers that no claim accepted. */
  ledgers: z.array(z.tuple([z.string(), ledgerSchema])),
  slices: z.array(z.tuple([z.string(), numbers])),
  /** Alarms of change that were announced, by claim. */
  changes: z.array(z.tuple([z.string(), count])),
  /** Hashes of questions of which an answer was drawn: they are never drawn again. */
  drawn: z.array(z.string()),
  /** Accepted questions so far: without feedback, and with feedback that says right, or wrong. */
  feedback: z.object({ none: z.number(), right: z.number(), wrong: z.number() }),
  /** Alarms that are on, and news that `--webhook` has not taken yet. */
  alerts: z.array(noticeSchema),
  unsent: z.array(noticeSchema),
});

/** What the monitor remembers between two runs. It holds ids and hashes of drawn answers, and no text. */
export type MonitorState = z.infer<typeof stateSchema>;

export function startState(fixed: Pick<MonitorState, 'bundle' | 'seed' | 'floor' | 'runLength'>): MonitorState {
  return {
    version: 1,
    ...fixed,
    ...{ runs: 0, first: null, last: null, lastIds: [], stored: null },
    ...{
      ledgers: [],
      slices: [],
      changes: [],
      drawn: [],
      feedback: { none: 0, right: 0, wrong: 0 },
      alerts: [],
      unsent: [],
    },
  };
}

/** The state in a file; null if there is no file yet. Errors: FILE_UNREADABLE. */
export async function readState(file: string): Promise<MonitorState | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new VouchError('FILE_UNREADABLE', 'the state of the monitor cannot be read', { file, cause: error });
  });
  return text === null ? null : stateIn(text, file);
}

/** The state in the text of this file. Error: FILE_UNREADABLE. */
export function stateIn(text: string, file: string): MonitorState {
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new VouchError('FILE_UNREADABLE', 'this is not a state that vouch monitor wrote', {
      ...{ file, cause: error },
      hint: 'Restore it from a backup. With a new state, all promises start again without labels.',
    });
  }
}

/** Errors: OUT_UNWRITABLE, DISK_FULL. */
export async function writeState(file: string, state: MonitorState): Promise<void> {
  await writeAtomic(file, `${JSON.stringify(state)}\n`);
}
