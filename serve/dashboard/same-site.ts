import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of this service sent the request: by `sec-fetch-site`, which browsers set and no page can change, else
 * by `origin`. False without both. Source: Fetch Metadata Request Headers (W3C), section 2.3.
 */
export function isSameOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined || host === undefined) return false;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

/** Whether an address is of this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Whether the host that the client named is this machine: another name may be a site that was bound to this address. */
export function namesLoopback({ host = '' }: IncomingHttpHeaders): boolean {
  return isLoopback(host.replace(/:\d+$/, ''));
}
