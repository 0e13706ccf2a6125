import type { Random } from '../../../support/random.js';
import { mutated, oneOf } from '../mutate.js';
import { codeIn, type FuzzCase, ownFault } from './fuzz-case.js';

const PATHS = [
  ...[
    '/v1/score',
    '/v2',
    '/v2/models',
    '/v2/models/vouch',
    '/v2/models/vouch/ready',
    '/v2/health/live',
    '/v2/health/ready',
  ],
  ...[
    '/metrics',
    '/docs',
    '/docs/static/index.html',
    '/openapi.json',
    '/v1/admin/reload',
    '/v2/models/vouch/infer',
    '/',
  ],
];
const METHODS = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'HEAD',
  'TRACE',
  'PROPFIND',
  'SEARCH',
  'QUERY',
  'LINK',
];
const HEADERS: readonly (readonly [string, string])[] = [
  ['authorization', 'Bearer '],
  ['authorization', 'x'],
  ['x-api-key', '\xe9'],
  ['expect', '100-continue'],
  ['expect', 'x'],
  ['content-length', '0'],
  ['content-type', '\xff'],
  ['accept', 'x'],
  ['range', 'bytes=0-'],
  ['if-none-match', '*'],
  ['if-modified-since', 'x'],
  ['accept-encoding', '*'],
  ['host', ''],
  ['cookie', 'a=b'],
  ['x-http-method-override', 'DELETE'],
  ['connection', 'x-own'],
  ['te', 'trailers'],
  ['origin', 'null'],
  ['content-encoding', 'toString'],
  ['accept-version', '1.x'],
  ['inference-header-content-length', '5'],
];

/** Another spelling of a path, which some servers read as the same. */
export function oddPath(path: string, draw: Random): string {
  const at = draw.int(path.length);
  const put = (text: string, over = 0) => path.slice(0, at) + text + path.slice(at + over);
  const code = path.charCodeAt(at).toString(16);
  return oneOf<() => string>(
    [
      () => path.replace('/', '//'),
      () => path.replace(/\/(?=[^/]*$)/, '//'),
      () => `${path}/`,
      () => `${path};x=1`,
      () => put(`%${code}`, 1),
      () => put(`%25${code}`, 1),
      () => put('/../'),
      () => put('/./'),
      () => put('%2f'),
      () => put('%00'),
      () => put('%'),
      () => put('%ff'),
      () => put('\\'),
      () => path.toUpperCase(),
      () => put(path.charAt(at).toUpperCase(), 1),
      () => `${path}?${'a=b&'.repeat(draw.int(500))}`,
      () => `${path}?a[b]=c&__proto__=x&a=%`,
      () => `${path}#x`,
      () => `/x/..${path}`,
      () => `http://other${path}`,
      () => put('a'.repeat(2000)),
      () => `${path}.`,
      () => put('\t%20'.slice(1)),
      () => `*`,
    ],
    draw,
  )();
}

/** Any path, method and headers, as a client writes them or byte by byte. */
export function pathCase(draw: Random): FuzzCase {
  const plain = oneOf(PATHS, draw);
  const path = draw.next() < 0.6 ? oddPath(plain, draw) : plain;
  const method = draw.next() < 0.5 ? 'POST' : oneOf(METHODS, draw);
  const headers: Record<string, string> = {};
  for (let i = draw.int(4); i > 0; i--) {
    const [name, value] = oneOf(HEADERS, draw);
    headers[name] = value;
  }
  const bodied = !['GET', 'HEAD', 'TRACE', 'OPTIONS'].includes(method) || draw.next() < 0.1;
  const body = bodied && headers['content-length'] === undefined ? Buffer.from('{"answer":"x"}') : null;
  if (draw.next() < 0.2) return rawCase(method, path, draw);
  return {
    to: 'service',
    method,
    path,
    headers,
    body,
    what: `${method} ${path} ${JSON.stringify(headers)}`,
    check: refusedOrAnswered,
  };
}

function refusedOrAnswered(this: FuzzCase, reply: Parameters<FuzzCase['check']>[0]): string | null {
  return ownFault(reply, { method: this.method, path: '/' }) === null ? null : ownFault(reply, this);
}

const LINES = [
  ...[
    'Content-Length: 5',
    'Content-Length: -1',
    'Content-Length: 1e9',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: x',
  ],
  ...[
    'Host:',
    ' folded: x',
    'No colon',
    'X\x00: y',
    'X: \x01',
    'Content-Length: 14\r\nContent-Length: 15',
    'Upgrade: websocket',
  ],
  ...[
    'Connection: Upgrade',
    'Expect: 100-continue',
    `X: ${'y'.repeat(20_000)}`,
    'Content-Type: application/json',
    'Trailer: x',
  ],
];

/** A request as no client writes it: other versions, broken lines, bodies that are shorter or longer than they say. */
function rawCase(method: string, path: string, draw: Random): FuzzCase {
  const version = oneOf(['HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2', 'http/1.1', ''], draw);
  const name = draw.next() < 0.8 ? method : oneOf(['post', 'GET GET', '', 'X'.repeat(50), 'PRI'], draw);
  const lines = Array.from({ length: draw.int(4) }, () => oneOf(LINES, draw));
  const body = oneOf(['', '{"answer":"x"}', '5\r\n{"a":\r\n0\r\n\r\n', 'zz\r\n', 'fffffffff\r\n'], draw);
  const text = `${name} ${path} ${version}\r\nHost: x\r\nConnection: close\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n${body}`;
  const bytes = Buffer.from(text, 'latin1');
  const raw = draw.next() < 0.3 ? mutated(bytes, draw) : bytes;
  return {
    to: 'service',
    method: name,
    path,
    headers: {},
    body: null,
    raw,
    what: `raw ${JSON.stringify(raw.toString('latin1').slice(0, 300))}`,
    check: ({ status, body: found, torn }) => {
      if (torn) return null; // a request that never ends has no answer
      if (status >= 500 && status !== 505) return `status ${status}: ${found.toString('utf8', 0, 200)}`;
      const coded = codeIn(found, '/') ?? codeIn(found, '/v2');
      return status >= 400 && found.length > 0 && coded === null ? `status ${status} without a code: ${found}` : null;
    },
  };
}
