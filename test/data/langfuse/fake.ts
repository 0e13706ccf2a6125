import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Item {
  id: string;
  queueId: string;
  objectId: string;
  objectType: string;
  status: string;
}

/**
 * A server with the shapes of Langfuse's public API: annotation queues (pages of two), scores of version 3 (cursors) or,
 * if `version` is 2, only of version 2 (pages). `failing`: statuses of the first requests.
 */
export async function fakeLangfuse({ version = 3, failing = [] as number[] } = {}) {
  const items: Item[] = [];
  const scores: Record<string, unknown>[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const url = new URL(request.url as string, 'http://x');
      asked.push(`${request.method} ${url.pathname}${url.search}`);
      const reply = (status: number, value: object) => response.writeHead(status).end(JSON.stringify(value));
      const failed = failing.shift();
      if (failed !== undefined) return reply(failed, { message: 'try later' });
      const expected = `Basic ${Buffer.from('pk-lf-1:sk-lf-2').toString('base64')}`;
      if (request.headers.authorization !== expected) {
        return reply(401, { message: "Invalid credentials. Confirm that you've configured the correct host." });
      }
      const [, queueId] = /^\/api\/public\/annotation-queues\/([^/]+)\/items$/.exec(url.pathname) ?? [];
      if (queueId !== undefined && request.method === 'POST') {
        const { objectId, objectType } = JSON.parse(body);
        if (!['TRACE', 'OBSERVATION', 'SESSION'].includes(objectType))
          return reply(400, { message: 'Invalid request data' });
        const item = { id: `i${items.length}`, queueId, objectId, objectType, status: 'PENDING' };
        items.push(item);
        return reply(200, { ...item, completedAt: null, createdAt: '2026-11-02T10:00:00.000Z' });
      }
      if (queueId !== undefined) {
        const page = Number(url.searchParams.get('page'));
        const own = items.filter((item) => item.queueId === queueId);
        const meta = { page, limit: 2, totalItems: own.length, totalPages: Math.ceil(own.length / 2) };
        return reply(200, { data: own.slice(2 * page - 2, 2 * page), meta });
      }
      const found = scores.filter(
        ({ queueId: of }) => url.searchParams.get('queueId') === null || of === url.searchParams.get('queueId'),
      );
      if (url.pathname === '/api/public/v3/scores' && version === 3) {
        const from = Number(url.searchParams.get('cursor') ?? 0);
        const more = from + 2 < found.length ? { cursor: String(from + 2) } : {};
        return reply(200, { data: found.slice(from, from + 2), meta: { limit: 100, ...more } });
      }
      if (url.pathname === '/api/public/v2/scores' && version === 2) {
        const page = Number(url.searchParams.get('page'));
        const meta = { page, limit: 2, totalItems: found.length, totalPages: Math.ceil(found.length / 2) };
        return reply(200, { data: found.slice(2 * page - 2, 2 * page), meta });
      }
      reply(404, { message: 'Not Found' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, items, scores, asked, project: { url, publicKey: 'pk-lf-1', secretKey: 'sk-lf-2', backOff: 0.001 } };
}

/** A score of version 3 with all field groups, as a reviewer gives it in an annotation queue. */
export function scoreV3(id: string, value: unknown, more: object = {}): Record<string, unknown> {
  return {
    ...{ id, projectId: 'p', name: 'correct', value, source: 'ANNOTATION', environment: 'default' },
    dataType: typeof value === 'boolean' ? 'BOOLEAN' : typeof value === 'string' ? 'CATEGORICAL' : 'NUMERIC',
    ...{ timestamp: '2026-11-02T10:00:00.000Z', createdAt: '2026-11-02T10:00:00.000Z', queueId: 'cq' },
    ...{ updatedAt: '2026-11-02T10:00:00.000Z', comment: null, configId: 'c1', metadata: {}, authorUserId: 'u1' },
    ...more,
  };
}
