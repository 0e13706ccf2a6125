import { expect, it } from 'vitest';
import { eventsOf, holdsFieldsOnly, isWhole, type ServerEvent, withData } from '../../../serve/gateway/wire/events.js';

async function eventsIn(text: string): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  async function* body() {
    yield Buffer.from(text);
  }
  for await (const event of eventsOf(body())) events.push(event);
  return events;
}

it('data of several lines is put back on one, so that all of it is read', async () => {
  const [event] = await eventsIn('event: x\ndata: {"a":1,\ndata: "b":2}\nid: 7\n\n');
  expect(event.data).toBe('{"a":1,\n"b":2}');
  const { bytes, data } = withData(event, '{"a":0,\n"b":2}');
  expect(bytes.toString()).toBe('event: x\ndata: {"a":0, "b":2}\nid: 7\n\n');
  expect(data).toBe('{"a":0, "b":2}');
});

it('a byte order mark before the first event does not hide it', async () => {
  const [event] = await eventsIn('\uFEFFdata: {"a":1}\n\n');
  expect(event.data).toBe('{"a":1}');
  expect(withData(event, '{}').bytes.toString()).toBe('data: {}\n\n');
});

it.each([
  ['data: x\n\n', true, true],
  [': comment\nid: 1\nretry\nevent:x\r\n\r\n', true, true],
  ['\n\n', true, true],
  ['{"choices":[]}', false, false],
  ['data: {}\nanswer\n\n', false, true],
  ['data: {}\n', true, false],
])('%j: fields only %s, whole %s', async (text, only, whole) => {
  const [event] = await eventsIn(text);
  expect([holdsFieldsOnly(event), isWhole(event)]).toEqual([only, whole]);
});
