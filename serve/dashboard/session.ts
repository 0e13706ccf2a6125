import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { keyIn } from '../http/keys.js';
import type { TenantKey } from '../http/tenants.js';
import { ALL_TENANTS } from './options.js';

/** The cookie of a browser that is signed in, and the hours for which it is. */
const COOKIE = 'vouch_dashboard';
const HOURS = 12;

/** Who looks at the dashboard. */
export interface Viewer {
  /** Whose rows; null: those of all tenants. */
  tenant: string | null;
  /** The name that a reviewer gave. */
  rater: string | null;
  /** Whether a cookie said so. Other sites can make a browser send a cookie, but not a header with a key. */
  byCookie: boolean;
}

/** Signs browsers in and out, and says who sends a request. */
export interface Sessions {
  /** The value of the header set-cookie for this key; null if the key is wrong. */
  open(key: string, rater: string | null, now: number, isSecure: boolean): string | null;
  /** The same, to sign out. */
  closed(): string;
  /** Who sends a request, by its cookie or by a key in its headers; null: nobody known. */
  viewer(headers: IncomingHttpHeaders, now: number): Viewer | null;
}

/**
 * Sessions without memory: the cookie has its end, the reviewer's name, and an HMAC of both under the key. So every
 * instance with the same keys knows it, and it ends when its key is removed. The key itself is not in it.
 */
export function sessionsOf(keys: readonly TenantKey[], path: string): Sessions {
  const attributes = `Path=${path}; HttpOnly; SameSite=Strict`;
  const found = (holds: (key: string) => boolean) => {
    let own: TenantKey | null = null;
    for (const each of keys) if (holds(each.key)) own = each; // all are tried, so that time reveals nothing
    return own as TenantKey | null;
  };
  const seal = (key: string, body: string) => createHmac('sha256', key).update(`vouch dashboard\n${body}`).digest();
  const same = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);
  const holder = (given: string) => found((key) => same(seal(key, ''), seal(given, '')));
  const viewerOf = ({ tenant }: TenantKey, rater: string | null, byCookie: boolean): Viewer => ({
    ...{ tenant: tenant === ALL_TENANTS ? null : tenant, rater, byCookie },
  });
  return {
    open: (key, rater, now, isSecure) => {
      if (holder(key) === null) return null;
      const body = `${Math.floor(now / 1000) + 3600 * HOURS}.${Buffer.from(rater ?? '').toString('base64url')}`;
      const value = `${body}.${seal(key, body).toString('base64url')}`;
      return `${COOKIE}=${value}; ${attributes}; Max-Age=${3600 * HOURS}${isSecure ? '; Secure' : ''}`;
    },
    closed: () => `${COOKIE}=; ${attributes}; Max-Age=0`,
    viewer: (headers, now) => {
      const given = keyIn(headers);
      if (given !== undefined) {
        const own = holder(given);
        return own === null ? null : viewerOf(own, null, false);
      }
      const token = cookieIn(headers.cookie);
      const [, body, end, name, mac] = /^(([0-9]{1,12})\.([\w-]*))\.([\w-]+)$/.exec(token ?? '') ?? [];
      if (body === undefined || Number(end) * 1000 <= now) return null;
      const own = found((key) => same(seal(key, body), Buffer.from(mac, 'base64url')));
      if (own === null) return null;
      const rater = Buffer.from(name, 'base64url').toString();
      return viewerOf(own, rater === '' ? null : rater, true);
    },
  };
}

function cookieIn(header: string | undefined): string | undefined {
  const own = (header ?? '').split(';').find((part) => part.trim().startsWith(`${COOKIE}=`));
  return own?.trim().slice(COOKIE.length + 1);
}
