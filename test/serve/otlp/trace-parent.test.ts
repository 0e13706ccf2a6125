import { describe, expect, it } from 'vitest';
import { traceContext } from '../../../serve/otlp/trace-parent.js';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';

describe('traceContext', () => {
  it.each([
    [`00-${trace}-${parent}-01`, true],
    [`00-${trace}-${parent}-00`, false],
    [`cc-${trace}-${parent}-03-what-the-future-will-be-like`, true],
  ])('goes on with %s', (header, isSampled) => {
    expect(traceContext(header)).toMatchObject({ traceId: trace, parentId: parent, isSampled });
    expect(traceContext(header).spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(traceContext(header).spanId).not.toBe(traceContext(header).spanId);
  });

  it.each([
    undefined,
    '',
    `ff-${trace}-${parent}-01`,
    `00-${trace}-${parent}-01-more`,
    `00-${'0'.repeat(32)}-${parent}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${parent}-01`,
    [`00-${trace}-${parent}-01`, `00-${trace}-${parent}-01`],
  ])('begins a new trace with %s', (header) => {
    const { traceId, parentId, isSampled } = traceContext(header);
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect([traceId === trace, parentId, isSampled]).toEqual([false, null, true]);
  });
});
