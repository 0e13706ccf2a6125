import type { AnswerRecord, Sample } from '../../../data/record.js';
import { sharedCopy, sizeOf } from '../../thread/shared-copy.js';
import { inTurns } from '../../work/in-turns.js';
import type { Received } from '../received.js';
import type { Ask } from '../upstream/ask.js';
import type { Judge } from '../verdict/judging.js';
import type { Sent, SentSample, Source } from './source.js';

/** A request and its answer, as the event loop has them. */
interface Origin {
  request: number;
  answer: number;
  /** The bytes for a thread, copied once. */
  copy(): Promise<Source>;
}

/** Where a record comes from, and what was read there. */
interface Arrived {
  origin: Origin;
  place: number;
  read: AnswerRecord;
}

const ARRIVED = Symbol('where a record comes from');
type Marked<T> = T & { [ARRIVED]?: Arrived };

/** `ofQuestion`: of the `vouch` field, only what it says about the question counts. */
export function originOf(
  { task, limits }: Pick<Judge, 'task' | 'limits'>,
  { ask, received, ofQuestion }: { ask: Ask; received: Received; ofQuestion: boolean },
): Origin {
  const { parts, stream } = received;
  let copied: Promise<Source> | undefined;
  const copy = async (): Promise<Source> => ({
    ...{ format: ask.api.format, stream, ofQuestion, task, limits },
    request: await inTurns(sharedCopy([ask.bytes])),
    answer: await inTurns(sharedCopy(parts)),
  });
  return { request: ask.bytes.length, answer: sizeOf(parts), copy: () => (copied ??= copy()) };
}

/** Marks a record with where it comes from. Copies made by a spread keep the mark; messages between threads do not. */
export function mark(record: AnswerRecord, arrived: Omit<Arrived, 'read'>): void {
  (record as Marked<AnswerRecord>)[ARRIVED] = { ...arrived, read: { ...record } };
}

/** A sample with the mark of the record that it was. */
export function markedAs(sample: Sample, record: AnswerRecord): Sample {
  return { ...sample, [ARRIVED]: (record as Marked<AnswerRecord>)[ARRIVED] } as Sample;
}

/** Bytes of all that these records come from. The longest request counts once: it is asked again for each answer. */
export function bytesOf(records: readonly AnswerRecord[]): number {
  const origins = new Set(records.flatMap((record) => [record, ...(record.samples ?? [])]).map(originMarked));
  let request = 0;
  let answers = 0;
  for (const origin of origins) {
    if (origin === undefined) continue;
    request = Math.max(request, origin.request);
    answers += origin.answer;
  }
  return request + answers;
}

/** Records for a thread: what it can read again is not sent. */
export async function sentOf(records: readonly AnswerRecord[]): Promise<{ sources: Source[]; records: Sent[] }> {
  const origins: Origin[] = [];
  const numberOf = (origin: Origin): number => {
    const at = origins.indexOf(origin);
    return at >= 0 ? at : origins.push(origin) - 1;
  };
  const sent = records.map((record) => {
    const { origin, place, read } = (record as Marked<AnswerRecord>)[ARRIVED] as Arrived;
    const same: string[] = [];
    const changed: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(record)) {
      if (key === 'samples') continue;
      if (value === read[key as keyof AnswerRecord]) same.push(key);
      else changed[key] = value;
    }
    const samples = record.samples?.map((sample): SentSample => {
      const own = (read.samples ?? []).indexOf(sample);
      if (own >= 0) return { own };
      const from = (sample as Marked<Sample>)[ARRIVED];
      if (from === undefined) return { sample };
      return { source: numberOf(from.origin), place: from.place, temperature: sample.temperature as number };
    });
    return { source: numberOf(origin), place, same, changed, samples: samples ?? null };
  });
  return { sources: await Promise.all(origins.map(({ copy }) => copy())), records: sent };
}

function originMarked(each: object): Origin | undefined {
  return (each as Marked<object>)[ARRIVED]?.origin;
}
