import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failurePage, MENU, signInPage } from '../../dashboard/shell/document.js';
import { dashboardScript } from '../../dashboard/shell/script.js';
import { dashboardStyle } from '../../dashboard/shell/style.js';
import { drawnAside } from '../../dashboard/thread/drawn-aside.js';
import { VouchError } from '../../support/errors.js';
import type { Live } from '../bundle/live.js';
import { rateOf } from '../http/rate.js';
import { statusOf } from '../http/status.js';
import type { CommonOptions } from '../options.js';
import type { Keeper } from '../store/keeper.js';
import { formOf, LARGEST_FORM } from './form.js';
import { ALL_TENANTS } from './options.js';
import { isSameOrigin, namesLoopback } from './same-site.js';
import { type Sessions, sessionsOf, type Viewer } from './session.js';
import { verdictOf } from './verdict.js';

interface DashboardParts {
  options: CommonOptions;
  live: Live;
  keeper: Keeper;
  /** Path under which it is served. */
  base: string;
}

/** Attempts to sign in per second from one address. */
const SIGN_INS = 2;

/** Everything is a file of this service, and nobody may frame its pages or send its forms elsewhere. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; " +
    "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * The dashboard: pages about stored answers, drawn in a thread, and the review page, which sends labels as feedback. A
 * browser signs in with a dashboard key and gets a cookie; programs send the key in a header.
 */
export function dashboardRoutes(app: FastifyInstance, { options, live, keeper, base }: DashboardParts): void {
  const { dashboard, store, model, vouch } = options;
  if (dashboard === undefined || store === undefined) return;
  const tenants = [...store.clients, ...store.feedbackKeys, ...dashboard.keys].map(({ tenant }) => tenant);
  const drawer = drawnAside({
    ...{ place: store.place, model, base, vouch, monitorState: dashboard.monitorState, queue: dashboard.queue },
    hasTenants: tenants.some((tenant) => tenant !== '' && tenant !== ALL_TENANTS),
  });
  const sessions = dashboard.keys.length === 0 ? null : sessionsOf(dashboard.keys, base);
  const mayTry = rateOf(SIGN_INS);
  const shell = { base, vouch };
  const config = { access: 'open', reserved: true } as const;
  const schema = { hide: true };

  const send = (reply: FastifyReply, status: number, page: string) =>
    reply.code(status).headers(HEADERS).header('content-type', 'text/html; charset=utf-8').send(page);
  const sendTo = (reply: FastifyReply, path: string) =>
    reply.code(303).headers(HEADERS).header('location', `${base}/${path}`).send();
  const file = (path: string, type: string, content: string) =>
    app.get(`${base}/${path}`, { config, schema }, (_, reply) => {
      reply.headers(HEADERS).header('content-type', `${type}; charset=utf-8`).send(content);
    });
  /** Runs a handler; a failure becomes a page. */
  const paged =
    (handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        await handle(request, reply);
      } catch (error) {
        const coded = error instanceof VouchError ? error : null;
        if (coded === null)
          request.log.error({ name: error instanceof Error ? error.name : typeof error }, 'a page failed');
        send(reply, statusOf(error), failurePage(shell, coded?.message ?? 'Unexpected failure [VOUCH_FAULT].'));
      }
      return reply;
    };
  const draw = (request: FastifyRequest, viewer: Viewer, page: string) =>
    drawer.draw({
      ...{ page, query: queryOf(request), tenant: viewer.tenant, digest: live.now.scorer.digest, now: Date.now() },
      ...{ prices: live.now.policy?.policy.prices ?? null, isSignedIn: viewer.byCookie },
    });

  file('style.css', 'text/css', dashboardStyle);
  file('script.js', 'text/javascript', dashboardScript);
  app.get(base, { config, schema }, (_, reply) => void sendTo(reply, 'now'));
  for (const [page] of MENU) {
    const drawn = paged(async (request, reply) => {
      const viewer = viewerOf(sessions, request);
      send(reply, viewer === null ? 401 : 200, viewer === null ? signInPage(shell) : await draw(request, viewer, page));
    });
    app.get(`${base}/${page}`, { config, schema }, drawn);
  }
  const labels = paged(async (request, reply) => {
    const viewer = viewerOf(sessions, request);
    if (viewer === null) return sendTo(reply, 'now');
    const content = await draw(request, viewer, 'labels.jsonl');
    return reply.headers(HEADERS).header('content-type', 'application/jsonl; charset=utf-8').send(content);
  });
  app.get(`${base}/labels.jsonl`, { config, schema }, labels);

  const signIn = paged(async (request, reply) => {
    if (sessions === null) return sendTo(reply, 'now');
    checkOrigin(request);
    if (!mayTry(request.ip, performance.now())) {
      return send(reply, 429, signInPage({ ...shell, said: 'Too many attempts. Wait a second.' }));
    }
    const form = await formOf(request);
    const rater = form.get('rater')?.trim().slice(0, 100) || null;
    const isSecure = String(request.headers['x-forwarded-proto'] ?? '').startsWith('https');
    const cookie = sessions.open(form.get('key')?.trim() ?? '', rater, Date.now(), isSecure);
    if (cookie === null) return send(reply, 401, signInPage({ ...shell, said: 'This is not a dashboard key.' }));
    reply.header('set-cookie', cookie);
    return sendTo(reply, 'now');
  });
  app.post(`${base}/sign-in`, { config, schema, bodyLimit: LARGEST_FORM }, signIn);
  const signOut = paged(async (request, reply) => {
    checkOrigin(request);
    if (sessions !== null) reply.header('set-cookie', sessions.closed());
    return sendTo(reply, 'now');
  });
  app.post(`${base}/sign-out`, { config, schema, bodyLimit: LARGEST_FORM }, signOut);

  const reviewed = paged(async (request, reply) => {
    const viewer = viewerOf(sessions, request);
    if (viewer === null) return send(reply, 401, signInPage(shell));
    if (viewer.byCookie || sessions === null) checkOrigin(request);
    const form = await formOf(request);
    const id = form.get('id') ?? '';
    const verdict = form.get('verdict') ?? '';
    const tenant = viewer.tenant ?? form.get('tenant') ?? '';
    const feedback = [verdictOf(id, verdict, viewer.rater)];
    const [{ code }] = await keeper.feedback({ tenant, received: Date.now(), feedback });
    if (code !== undefined) throw new VouchError(code, 'the label was not stored');
    const said = new URLSearchParams({ after: id, saved: id, verdict });
    return sendTo(reply, `review?${said}`);
  });
  app.post(`${base}/review`, { config, schema, bodyLimit: LARGEST_FORM }, reviewed);
  app.addHook('onClose', () => drawer.close());
}

/** Who sends the request; null: somebody who must sign in. Error: NOT_ALLOWED. */
function viewerOf(sessions: Sessions | null, { headers }: FastifyRequest): Viewer | null {
  if (sessions !== null) return sessions.viewer(headers, Date.now());
  // without keys, only browsers of this machine: a site that was bound to this address names another host
  if (namesLoopback(headers)) return { tenant: null, rater: null, byCookie: false };
  throw new VouchError('NOT_ALLOWED', 'without a dashboard key, the dashboard is for this machine only');
}

/** Error: NOT_ALLOWED if another site made the browser send this. */
function checkOrigin({ headers }: FastifyRequest): void {
  if (!isSameOrigin(headers)) throw new VouchError('NOT_ALLOWED', 'the form was sent by another site');
}

function queryOf({ query }: FastifyRequest): Record<string, string> {
  const pairs = Object.entries((query ?? {}) as Record<string, unknown>);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}
