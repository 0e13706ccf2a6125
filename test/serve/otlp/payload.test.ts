import { describe, expect, it } from 'vitest';
import { logsRequest, type ScoredEvent, tracesRequest } from '../../../serve/otlp/payload.js';
import { valuesOf } from './receiver.js';

const context = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentId: null, isSampled: true };
const from = { service: 's', version: '1' };
const event = (score: Partial<ScoredEvent['score']>): ScoredEvent => ({
  ...{ time: 1_767_607_200_123.5, context, model: null },
  score: {
    ...{ id: 'a1', probability: 0.75, decision: 'accept', why: null, missing: null, pattern: 'free' },
    ...{ claim: 'free@5%', bundle: '0123456789ab', ...score },
  } as ScoredEvent['score'],
});
// biome-ignore lint/suspicious/noExplicitAny: the shape is checked by the receiver of other tests
const recordsOf = (events: ScoredEvent[]): any[] =>
  (logsRequest(events, from) as any).resourceLogs[0].scopeLogs[0].logRecords;

describe('OTLP payloads', () => {
  it('says why there is a decision, or why there is none', () => {
    const said = recordsOf([
      event({}),
      event({ decision: null, claim: null, why: 'missing signal', missing: ['tokens.top'] }),
      event({ id: 'record:3' }),
    ]).map(({ attributes }) => valuesOf(attributes));
    expect(said.map((each) => each['gen_ai.evaluation.explanation'])).toEqual([
      ...['accepted by the claim free@5%', 'missing signal: tokens.top', 'accepted by the claim free@5%'],
    ]);
    expect(said.map((each) => each['gen_ai.evaluation.score.label'])).toEqual(['accept', undefined, 'accept']);
    expect(said.map((each) => each['gen_ai.response.id'])).toEqual(['a1', 'a1', undefined]);
  });

  it('writes times in nanoseconds, with all digits', () => {
    expect(recordsOf([event({})])[0]).toMatchObject({ timeUnixNano: '1767607200123500000', spanId: context.spanId });
  });

  it('marks the span of a request that failed', () => {
    const span = { context, name: 'n', start: 1, end: 2, method: 'POST', route: '/r', answers: 2, only: null };
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const made = tracesRequest(
      [
        { ...span, status: 200 },
        { ...span, status: 503 },
      ],
      from,
    ) as any;
    const spans = made.resourceSpans[0].scopeSpans[0].spans;
    expect(spans.map(({ status }: { status: object }) => status)).toEqual([{}, { code: 2 }]);
  });
});
