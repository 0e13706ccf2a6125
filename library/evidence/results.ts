import { basename } from 'node:path';
import { z } from 'zod';
import type { WatchedRun } from '../../report/card/later.js';
import type { EvidenceFacts } from '../../report/evidence/index-html.js';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { readRegular } from '../../support/files/regular-file.js';

/** Largest size of a result, in bytes. */
const MOST = 256 * 1024 * 1024;

/** The part of a result of `vouch monitor` that the card shows. */
const monitorSchema = z.looseObject({
  bundle: z.string().min(8),
  run: z.number(),
  since: z.string().nullable(),
  until: z.string().nullable(),
  answers: z.looseObject({ new: z.number(), accepted: z.number() }),
  promises: z.array(
    z.looseObject({
      claim: z.string(),
      state: z.string(),
      labels: z.number(),
      error: z.looseObject({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
    }),
  ),
  drift: z.array(z.looseObject({ signal: z.string(), alarm: z.boolean() })).nullable(),
  unseen: z.looseObject({
    unseenModels: z.record(z.string(), z.number()),
    unseenTasks: z.record(z.string(), z.number()),
  }),
  alerts: z.array(z.looseObject({ text: z.string() })),
});

/** The part of a result of `vouch evaluate` that the index shows. */
const evaluationSchema = z.looseObject({
  bundle: z.string().min(8),
  answers: z.number(),
  groups: z.number(),
  promises: z.array(
    z.looseObject({
      claim: z.string(),
      verdict: z.string(),
      alpha: z.number(),
      error: z.looseObject({ value: z.number().nullable() }),
    }),
  ),
});

/** A result as it goes into the folder: its bytes under a name of its own. */
interface Given<T> {
  path: string;
  bytes: Buffer;
  found: T;
}

/** Results of the monitor about this bundle, in the order of the runs. Errors: FILE_MISSING, FILE_UNREADABLE, RESULT_BAD. */
export async function monitorResults(files: readonly string[], digest: string): Promise<Given<WatchedRun>[]> {
  const read = await readAll(files, { digest, schema: monitorSchema, of: 'vouch monitor --out' });
  const ordered = read.sort(
    (a, b) => (a.found.until ?? '').localeCompare(b.found.until ?? '') || a.found.run - b.found.run,
  );
  return ordered.map(({ file, bytes, found }, i) => {
    const path = `monitor/${numbered(i, read.length, file)}`;
    const { run, since, until, answers, promises, drift, unseen, alerts } = found;
    return {
      ...{ path, bytes },
      found: {
        ...{ file: path, run, since, until, answers: answers.new, accepted: answers.accepted },
        promises: promises.map(({ claim, state, labels, error }) => ({ claim, state, labels, error })),
        drift: drift && {
          signals: drift.length,
          differ: drift.filter(({ alarm }) => alarm).map(({ signal }) => signal),
        },
        unseen: [...Object.keys(unseen.unseenModels), ...Object.keys(unseen.unseenTasks)],
        alarms: alerts.map(({ text }) => text),
      },
    };
  });
}

/** Evaluations of this bundle, as they were given. Errors: the same. */
export async function evaluationResults(
  files: readonly string[],
  digest: string,
): Promise<Given<EvidenceFacts['evaluations'][number]>[]> {
  const read = await readAll(files, { digest, schema: evaluationSchema, of: 'vouch evaluate --out' });
  return read.map(({ file, bytes, found: { answers, groups, promises } }, i) => {
    const path = `evaluations/${numbered(i, read.length, file)}`;
    const verdicts = promises.map(({ claim, verdict, alpha, error }) => ({
      claim,
      verdict,
      alpha,
      error: error.value,
    }));
    return { path, bytes, found: { path, answers, groups, promises: verdicts } };
  });
}

async function readAll<T extends { bundle: string }>(
  files: readonly string[],
  { digest, schema, of }: { digest: string; schema: z.ZodType<T>; of: string },
): Promise<{ file: string; bytes: Buffer; found: T }[]> {
  const all: { file: string; bytes: Buffer; found: T }[] = [];
  for (const file of files) {
    const bytes = await readRegular(file, MOST).catch((error) => Promise.reject(inError(file, error)));
    const parsed = schema.safeParse(jsonOf(bytes));
    if (!parsed.success) {
      const [{ path }] = parsed.error.issues;
      const detail = { file, field: path.join('.') || undefined, expected: `a file that ${of} wrote` };
      throw new VouchError('RESULT_BAD', 'this is not a result of that command', detail);
    }
    if (!digest.startsWith(parsed.data.bundle)) {
      const detail = { file, field: 'bundle', expected: digest, got: parsed.data.bundle };
      throw new VouchError('RESULT_BAD', 'this result is about another bundle', detail);
    }
    all.push({ file, bytes, found: parsed.data });
  }
  return all;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** `03-monday.json`: unique, in order, and safe in paths, pages and SHA256SUMS. */
function numbered(i: number, of: number, file: string): string {
  const name = basename(file)
    .replace(/\.json$/i, '')
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 60);
  return `${String(i + 1).padStart(String(of).length, '0')}-${name}.json`;
}
