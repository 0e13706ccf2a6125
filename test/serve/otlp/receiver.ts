import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
const nanos = z.string().regex(/^\d{19}$/);
const value = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ doubleValue: z.number() }),
  z.strictObject({ intValue: z.string().regex(/^\d+$/) }),
]);
const attributes = z.array(z.strictObject({ key: z.string().min(1), value }));
const resource = z.strictObject({ attributes });
const scope = z.strictObject({ name: z.string(), version: z.string() });

/** ExportLogsServiceRequest and ExportTraceServiceRequest in JSON, as far as vouch uses them; nothing else is allowed. */
export const logs = z.strictObject({
  resourceLogs: z.array(
    z.strictObject({
      resource,
      scopeLogs: z.array(
        z.strictObject({
          scope,
          logRecords: z.array(
            z.strictObject({
              ...{ timeUnixNano: nanos, observedTimeUnixNano: nanos, traceId: hex(16), spanId: hex(8), attributes },
              ...{ severityNumber: z.int().min(1).max(24), severityText: z.string(), eventName: z.string() },
              flags: z.int(),
            }),
          ),
        }),
      ),
    }),
  ),
});
export const traces = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource,
      scopeSpans: z.array(
        z.strictObject({
          scope,
          spans: z.array(
            z.strictObject({
              ...{ traceId: hex(16), spanId: hex(8), parentSpanId: hex(8).optional(), name: z.string(), attributes },
              ...{ startTimeUnixNano: nanos, endTimeUnixNano: nanos, kind: z.int().min(1).max(5), flags: z.int() },
              status: z.strictObject({ code: z.int().optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
});

type Log = z.infer<typeof logs>['resourceLogs'][0]['scopeLogs'][0]['logRecords'][0];
type Span = z.infer<typeof traces>['resourceSpans'][0]['scopeSpans'][0]['spans'][0];

/** An OTLP/HTTP receiver that checks what it gets. `reply` answers a request; by default it takes everything. */
export async function receiver(reply = (_path: string, response: ServerResponse) => void response.end('{}')) {
  const got = {
    logs: [] as Log[],
    spans: [] as Span[],
    bodies: [] as string[],
    headers: {} as object,
    wrong: [] as string[],
  };
  const answers = { reply };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      try {
        if (request.headers['content-type'] !== 'application/json') throw new Error('not JSON');
        got.headers = request.headers;
        got.bodies.push(body);
        if (request.url === '/v1/logs') {
          const [{ scopeLogs }] = logs.parse(JSON.parse(body)).resourceLogs;
          got.logs.push(...scopeLogs[0].logRecords);
        } else if (request.url === '/v1/traces') {
          const [{ scopeSpans }] = traces.parse(JSON.parse(body)).resourceSpans;
          got.spans.push(...scopeSpans[0].spans);
        } else throw new Error(`nothing at ${request.url}`);
      } catch (error) {
        got.wrong.push(String(error));
      }
      answers.reply(request.url as string, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, got, answers, close };
}

/** Attributes as an object. */
export function valuesOf(list: z.infer<typeof attributes>): Record<string, unknown> {
  return Object.fromEntries(list.map(({ key, value: given }) => [key, Object.values(given)[0]]));
}
