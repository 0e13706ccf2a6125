import { rm } from 'node:fs/promises';
import PQueue from 'p-queue';
import { outError, writeAtomic } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import type { Progress } from '../../support/progress.js';
import { AskFailure } from './failure.js';
import { type Journal, openJournal } from './journal.js';

/** One thing to ask: its id, the digest of what is asked, and the record it starts from. */
export interface Job<T> {
  id: string;
  of: string;
  item: T;
}

export interface AskAllOptions<T> {
  out: string;
  restart: boolean;
  /** What is asked and how; work in hand is only continued under the same. */
  asked: Record<string, unknown>;
  /** The jobs in order; gone through twice. */
  jobs: () => AsyncIterable<Job<T>>;
  ask: (item: T) => Promise<object>;
  concurrency: number;
  /** Failures in a row after which the endpoint is held to be down. */
  giveUpAfter: number;
  progress: Progress;
  /** Ends the run after what is in flight. */
  stop?: AbortSignal;
}

export interface AskAllResult {
  /** Answers that were there from an earlier run. */
  before: number;
  asked: number;
  failed: number;
  written: number;
  badFile: string | null;
}

interface Failure {
  reason: string;
  item: unknown;
}

/**
 * Asks all jobs side by side, keeps each answer at once, and writes them in order at the end. A job that fails is set
 * aside with its reason in OUT.bad.jsonl; the work in hand then stays, so that the same call asks only those again.
 */
export async function askAll<T>(options: AskAllOptions<T>): Promise<AskAllResult> {
  const journal = await openJournal(options.out, options.asked, options.restart);
  const failures = new Map<string, Failure>();
  try {
    const { before, asked, ending } = await askThem(options, journal, failures);
    const badFile = await writeFailures(options, failures);
    if (ending !== undefined) throw ending;
    if (before + asked === 0 && failures.size > 0) {
      const [first] = failures.values();
      throw new VouchError('ENDPOINT_FAILED', `every question failed, the first with: ${first.reason}`, {
        file: badFile ?? undefined,
      });
    }
    const written = await journal.finish(options.jobs());
    await journal.close();
    if (failures.size === 0) await rm(journal.path, { force: true });
    return { before, asked, failed: failures.size, written, badFile };
  } finally {
    await journal.close().catch(() => {});
    options.progress.done();
  }
}

async function askThem<T>(options: AskAllOptions<T>, journal: Journal, failures: Map<string, Failure>) {
  const { concurrency, giveUpAfter, progress, stop } = options;
  const queue = new PQueue({ concurrency });
  let ending: Error | undefined;
  let before = 0;
  let asked = 0;
  let inARow = 0;
  const over = () => ending !== undefined || stop?.aborted === true;

  const one = async ({ id, of, item }: Job<T>) => {
    if (over()) return;
    try {
      const record = await options.ask(item);
      await journal.append(id, of, record);
      asked++;
      inARow = 0;
    } catch (error) {
      if (stop?.aborted && (error as Error).name === 'AbortError') return;
      if (!(error instanceof AskFailure)) {
        ending ??= error as Error;
        return;
      }
      failures.set(id, { reason: error.message, item });
      inARow++;
      if ((error.hopeless && asked === 0) || inARow >= giveUpAfter) {
        const what = error.hopeless ? 'the endpoint refused' : `${inARow} questions in a row failed, the last with`;
        const hint = `What was answered is kept in ${journal.path}; the same call goes on from there.`;
        ending ??= new VouchError('ENDPOINT_FAILED', `${what}: ${error.message}`, { hint, cause: error });
      }
    }
    progress.add(1);
  };

  for await (const job of options.jobs()) {
    if (over()) break;
    if (journal.done.get(job.id) === job.of) {
      before++;
      progress.add(1);
      continue;
    }
    await queue.onSizeLessThan(1);
    void queue.add(() => one(job));
  }
  await queue.onIdle();
  if (ending === undefined && stop?.aborted) {
    const hint = `${before + asked} answers are kept in ${journal.path}; run the same command again to go on.`;
    ending = new VouchError('INTERRUPTED', 'stopped before all questions were asked', { hint });
  }
  return { before, asked, ending };
}

async function writeFailures<T>(options: AskAllOptions<T>, failures: Map<string, Failure>): Promise<string | null> {
  const path = `${options.out}.bad.jsonl`;
  if (failures.size === 0) {
    await rm(path, { force: true }).catch((error) => {
      throw outError(path, error);
    });
    return null;
  }
  const lines = [...failures].map(([id, { reason, item }]) => `${JSON.stringify({ id, reason, line: item })}\n`);
  await writeAtomic(path, lines.join(''));
  return path;
}
