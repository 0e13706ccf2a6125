import { describe, expect, it } from 'vitest';
import { isLoopback, isSameOrigin, namesLoopback } from '../../../serve/dashboard/same-site.js';
import { sessionsOf } from '../../../serve/dashboard/session.js';

const keys = [
  { key: 'first-key', tenant: 't1' },
  { key: 'second-key', tenant: '*' },
];
const sessions = sessionsOf(keys, '/dashboard');
const NOW = 1_800_000_000_000;

describe('a session', () => {
  const set = sessions.open('first-key', 'Änna; x=1', NOW, false) as string;
  const cookie = set.split(';', 1)[0];

  it('is a cookie that no script reads and no other site sends, without the key in it', () => {
    expect(set).toMatch(/; Path=\/dashboard; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    expect(sessions.open('first-key', null, NOW, true)).toMatch(/; Secure$/);
    expect(set).not.toContain('first-key');
    expect(sessions.closed()).toContain('Max-Age=0');
  });

  it('says whose rows are shown and who reviews, until it ends', () => {
    const viewer = (headers: Record<string, string>, now = NOW) => sessions.viewer(headers, now);
    expect(viewer({ cookie: `a=b; ${cookie}` })).toEqual({ tenant: 't1', rater: 'Änna; x=1', byCookie: true });
    expect(viewer({ cookie }, NOW + 12 * 3_600_000)).toBeNull();
    expect(viewer({ 'x-api-key': 'second-key' })).toEqual({ tenant: null, rater: null, byCookie: false });
    expect(viewer({ authorization: 'Bearer nothing', cookie })).toBeNull();
    expect(viewer({})).toBeNull();
  });

  it('is refused if it was changed, was made with another key, or its key was removed', () => {
    const [name, value] = cookie.split('=');
    const [end, rater, mac] = value.split('.');
    for (const changed of [
      `${Number(end) + 1}.${rater}.${mac}`,
      `${end}..${mac}`,
      `${end}.${rater}.`,
      `${end}.${rater}.AAAA`,
      '',
    ]) {
      expect([changed, sessions.viewer({ cookie: `${name}=${changed}` }, NOW)]).toEqual([changed, null]);
    }
    expect(sessionsOf([keys[1]], '/dashboard').viewer({ cookie }, NOW)).toBeNull();
    expect(sessions.open('third-key', null, NOW, false)).toBeNull();
    expect(sessions.open('', null, NOW, false)).toBeNull();
  });
});

describe('who sends a form', () => {
  it('is a page of this service by sec-fetch-site, else by origin', () => {
    const host = 'vouch.example:8080';
    expect(isSameOrigin({ 'sec-fetch-site': 'same-origin', host })).toBe(true);
    expect(isSameOrigin({ 'sec-fetch-site': 'cross-site', origin: `http://${host}`, host })).toBe(false);
    expect(isSameOrigin({ 'sec-fetch-site': 'same-site', host })).toBe(false);
    expect(isSameOrigin({ origin: `http://${host}`, host })).toBe(true);
    expect(isSameOrigin({ origin: 'http://vouch.example', host })).toBe(false);
    expect(isSameOrigin({ origin: 'null', host })).toBe(false);
    expect(isSameOrigin({ host })).toBe(false);
  });

  it('names this machine only by its own names', () => {
    expect(['localhost', '127.0.0.1', '127.8.0.1', '::1'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['0.0.0.0', '127.0.0.1.evil.example', '10.0.0.1'].map(isLoopback)).toEqual([false, false, false]);
    expect(namesLoopback({ host: '127.0.0.1:8080' })).toBe(true);
    expect(namesLoopback({ host: '[::1]:8080' })).toBe(true);
    expect(namesLoopback({ host: 'evil.example:8080' })).toBe(false);
    expect(namesLoopback({})).toBe(false);
  });
});
