import { describe, expect, it } from 'vitest';
import { logsRequest, type ScoredEvent, tracesRequest } from '../../../serve/otlp/payload.js';
import { logs, traces, valuesOf } from './receiver.js';

const context = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentId: null, isSampled: true };
const from = { service: 's', version: '1' };
const event = (score: Partial<ScoredEvent['score']>): ScoredEvent => ({
  ...{ time: 1_767_607_200_123.5, context, model: null },
  score: {
    ...{ id: 'a1', probability: 0.75, decision: 'accept', why: null, missing: null, pattern: 'free' },
    ...{ claim: 'free@5%', bundle: '0123456789ab', ...score },
  } as ScoredEvent['score'],
});
const recordsOf = (events: ScoredEvent[]) =>
  logs.parse(logsRequest(events, from)).resourceLogs[0].scopeLogs[0].logRecords;

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
    const span = {
      context,
      name: 'n',
      start: 1_767_607_200_000,
      end: 1_767_607_200_001,
      method: 'POST',
      route: '/r',
      answers: 2,
      only: null,
    };
    const made = traces.parse(
      tracesRequest(
        [
          { ...span, status: 200 },
          { ...span, status: 503 },
        ],
        from,
      ),
    );
    const { spans } = made.resourceSpans[0].scopeSpans[0];
    expect(spans.map(({ status }) => status)).toEqual([{}, { code: 2 }]);
  });
});
