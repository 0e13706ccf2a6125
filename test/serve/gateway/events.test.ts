import { expect, it } from 'vitest';
import {
  eventsOf,
  holdsFieldsOnly,
  isOnOneLine,
  isWhole,
  type ServerEvent,
  withData,
} from '../../../serve/gateway/wire/events.js';

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

it('a byte order mark stands before the first event, not in it, however it arrives', async () => {
  const text = Buffer.from('\uFEFFdata: {"a":1}\n\n');
  for (const size of [1, 2, 3, 4, 100]) {
    async function* body() {
      for (let i = 0; i < text.length; i += size) yield text.subarray(i, i + size);
    }
    const events: ServerEvent[] = [];
    for await (const event of eventsOf(body())) events.push(event);
    expect(events.map(({ data }) => data)).toEqual([null, '{"a":1}']);
    expect(Buffer.concat(events.map(({ bytes }) => bytes))).toEqual(text);
    expect(events.map((event) => [isWhole(event), holdsFieldsOnly(event)])).toEqual(Array(2).fill([true, true]));
  }
});

it('an event ends at a blank line, whatever the line ends; rewritten data keep the end of the event', async () => {
  const ends = ['\r\n', '\n', '\r'];
  for (const [i, first] of ends.entries()) {
    for (const second of ends) {
      const blank = first === '\r' && second === '\n' ? '\r\r\n' : first + second;
      const other = ends[(i + 1) % 3]; // '\n' or '\r' after a line that ends otherwise
      const text = `data: {"a":1,${other}data: "b":2}${blank}`;
      const events = await eventsIn(`${text}data: {}\n\n`);
      expect(events.map(({ data }) => data)).toEqual(['{"a":1,\n"b":2}', '{}']);
      expect(events.every(isWhole)).toBe(true);
      expect(withData(events[0], '{}').bytes.toString()).toBe(
        `data: {}${events[0].bytes.toString().slice(text.indexOf('}') + 1)}`,
      );
    }
  }
});

it('the last piece of a long event is not whole if its end is missing', async () => {
  const wholes = async (text: string) => {
    const list: boolean[] = [];
    async function* body() {
      for (let i = 0; i < text.length; i += 10) yield Buffer.from(text.slice(i, i + 10));
    }
    for await (const event of eventsOf(body(), 15)) list.push(isWhole(event));
    return list;
  };
  const long = `data: ${'y'.repeat(44)}`;
  expect((await wholes(`${long}\n\n`)).at(-1)).toBe(true);
  expect((await wholes(long)).at(-1)).toBe(false);
  expect((await wholes(`${long}\n`)).at(-1)).toBe(false);
  expect((await wholes(`${long}yyyyyyyyyy`)).at(-1)).toBe(false); // all pieces were passed before the end is seen
});

it('tells whether the data are on one line', async () => {
  const [one] = await eventsIn('event: x\ndata: {}\nid: 7\n\n');
  const [two] = await eventsIn('data: {}\ndata: {}\n\n');
  const [none] = await eventsIn(': comment\n\n');
  expect([one, two, none].map(isOnOneLine)).toEqual([true, false, true]);
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
