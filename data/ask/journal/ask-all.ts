import { rm } from 'node:fs/promises';
import PQueue from 'p-queue';
import { VouchError } from '../../../support/errors.js';
import { type Progress, progress } from '../../../support/progress.js';
import { AskFailure } from '../endpoint/failure.js';
import type { Job } from './job.js';
import { type Journal, openJournal } from './journal.js';
import { type SetAside, writeBad } from './write-bad.js';
import { writeInOrder } from './write-in-order.js';

interface AskAllOptions<T> {
  /** The name of what is counted, for example `questions`. */
  unit: string;
  out: string;
  restart: boolean;
  /** The options that decide what is asked. An interrupted run is continued only under the same options. */
  asked: Record<string, unknown>;
  /** The jobs in order. It is called several times. */
  jobs: () => AsyncIterable<Job<T>>;
  ask: (item: T) => Promise<object>;
  /** Makes the output lines of a job from its item and its record in the journal. */
  linesOf: (item: T, record: Record<string, unknown>) => readonly string[];
  concurrency: number;
  /** After this many failures in a row the endpoint counts as down. */
  giveUpAfter: number;
  quiet?: boolean;
  /** Ends the run when the requests in flight are answered. */
  stop?: AbortSignal;
}

export interface AskAllResult {
  /** Answers in the output. */
  written: number;
  /** Questions or answers that an earlier run had finished. */
  before: number;
  asked: number;
  failed: number;
  badFile: string | null;
}

/**
 * Runs all jobs concurrently, writes each reply to the journal at once, and writes the output in order at the end. A
 * job that fails goes to OUT.bad.jsonl with its reason. The journal is then kept, so that the same command asks only
 * the failed jobs again.
 */
export async function askAll<T>(options: AskAllOptions<T>): Promise<AskAllResult> {
  const { out, unit } = options;
  let total = 0;
  for await (const _ of options.jobs()) total++; // checks every input before the first request
  if (total === 0) throw new VouchError('NO_ANSWERS', `there are no ${unit} to ask`);
  const journal = await openJournal(out, options.asked, options.restart);
  try {
    const before = await countDone(options.jobs(), journal);
    const bar = progress('asked', { total: total - before, unit, quiet: options.quiet });
    const bad: SetAside[] = [];
    const { asked, ending } = await askThem(options, journal, bad, bar);
    bar.done();
    const badFile = await writeBad(out, bad);
    if (ending !== undefined) throw ending;
    if (before + asked === 0) {
      const hint = `All of them are in ${badFile}.`;
      throw new VouchError('ENDPOINT_FAILED', `all ${unit} failed, the first with: ${bad[0].reason}`, { hint });
    }
    const written = await writeInOrder({ out, journal: journal.path, jobs: options.jobs(), linesOf: options.linesOf });
    if (bad.length === 0) await rm(journal.path, { force: true });
    return { written, before, asked, failed: bad.length, badFile };
  } finally {
    await journal.close();
  }
}

async function countDone<T>(jobs: AsyncIterable<Job<T>>, journal: Journal): Promise<number> {
  let count = 0;
  for await (const { id, of } of jobs) if (journal.done.get(id) === of) count++;
  return count;
}

async function askThem<T>(options: AskAllOptions<T>, journal: Journal, bad: SetAside[], bar: Progress) {
  const { concurrency, giveUpAfter, stop } = options;
  const queue = new PQueue({ concurrency });
  let ending: Error | undefined;
  let asked = 0;
  let inARow = 0;
  const over = () => ending !== undefined || stop?.aborted === true;
  const kept = `The answers received so far are kept in ${journal.path}. Run the same command again to continue.`;

  const one = async ({ id, of, item }: Job<T>) => {
    if (over()) return;
    try {
      const reply = await options.ask(item);
      await journal.append(id, of, reply);
      asked++;
      inARow = 0;
    } catch (error) {
      if (stop?.aborted && (error as Error).name === 'AbortError') return;
      if (!(error instanceof AskFailure)) {
        ending ??= error as Error;
        return;
      }
      bad.push({ id, reason: error.message, item });
      if (error.again || error.hopeless || asked === 0) inARow++;
      if ((error.hopeless && asked === 0) || inARow >= giveUpAfter) {
        const what = error.hopeless
          ? 'the endpoint refused'
          : `${inARow} ${options.unit} in a row failed, the last with`;
        ending ??= new VouchError('ENDPOINT_FAILED', `${what}: ${error.message}`, { hint: kept, cause: error });
      }
    }
    bar.add(1);
  };

  for await (const job of options.jobs()) {
    if (over()) break;
    if (journal.done.get(job.id) === job.of) continue;
    await queue.onSizeLessThan(1);
    void queue.add(() => one(job));
  }
  await queue.onIdle();
  if (stop?.aborted) ending ??= new VouchError('INTERRUPTED', 'the run was stopped before the end', { hint: kept });
  return { asked, ending };
}
