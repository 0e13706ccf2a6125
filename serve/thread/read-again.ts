import type { AnswerRecord, Sample } from '../../data/record.js';
import type { AnswerScore } from '../../scorer/scorer.js';
import type { Loaded } from '../bundle/loaded.js';
import { asSample } from '../gateway/policy/as-sample.js';
import { readResponse } from '../gateway/policy/record-in.js';
import type { ReadAnswer, Sent, Source } from '../gateway/policy/source.js';
import type { Listener } from './job-events.js';
import type { RecordsJob } from './jobs.js';
import { readBytes } from './read-bytes.js';

/** Reads the answers of a source. */
async function readSource(source: Source, failed: Listener['failed']): Promise<ReadAnswer[]> {
  const { ask, response } = await readBytes(source);
  const { task, limits, ofQuestion } = source;
  return readResponse({ task, limits, failed }, ask, response, ofQuestion);
}

/**
 * The same for the event loop, which needs the texts and not the tokens: a list of tokens has only its first one. To
 * copy all tokens takes the event loop longer than to read them.
 */
export async function readBriefly(source: Source, failed: Listener['failed']): Promise<ReadAnswer[]> {
  return (await readSource(source, failed)).map((each) => ('scored' in each ? each : brief(each)));
}

function brief(record: AnswerRecord): AnswerRecord {
  const short = <T extends { tokens?: AnswerRecord['tokens'] }>(of: T): T =>
    of.tokens == null ? of : { ...of, tokens: of.tokens.slice(0, 1) };
  return { ...short(record), ...(record.samples == null ? {} : { samples: record.samples.map(short) }) };
}

/** Scores records whose sources are read again. Each score goes to the listener, in order. */
export async function scoreRecords(
  { sources, records }: RecordsJob,
  loaded: Loaded,
  { scored }: Pick<Listener, 'scored'>,
): Promise<null> {
  const read: ReadAnswer[][] = [];
  for (const source of sources) read.push(await readSource(source, () => {})); // failures were told at the first reading
  for (const sent of records) {
    const record = wholeOf(sent, read);
    scored(record, (await loaded.score(record)) as AnswerScore);
  }
  return null;
}

/** The record that the event loop has, with all of its tokens. */
function wholeOf({ source, place, same, changed, samples }: Sent, read: readonly ReadAnswer[][]): AnswerRecord {
  const at = (i: number, k: number) => read[i][k] as AnswerRecord;
  const own = at(source, place);
  const kept = Object.fromEntries(same.map((key) => [key, own[key as keyof AnswerRecord]]));
  const all = samples?.map((each): Sample => {
    if ('sample' in each) return each.sample;
    if ('own' in each) return (own.samples as Sample[])[each.own];
    return asSample(at(each.source, each.place), each.temperature);
  });
  return { ...kept, ...changed, samples: all ?? null } as AnswerRecord;
}
