import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { alertsOf, noticesOf } from '../../../monitor/alerts/alerts.js';
import { alertOf, sendAlert, webhookUrl } from '../../../monitor/alerts/webhook.js';
import { feedbackCounts, feedbackStanding } from '../../../monitor/feedback.js';
import type { Notice } from '../../../monitor/state.js';

const notice = (key: string, kind: Notice['kind'] = 'drift', since = 'now'): Notice => ({
  ...{ key, kind, since, text: key, isOver: false },
});

describe('noticesOf', () => {
  it('announces what began and what is over, once', () => {
    const { alerts, notices } = noticesOf([notice('a', 'drift', 'long ago'), notice('b')], [notice('a'), notice('c')]);
    expect(alerts.map(({ key, since }) => [key, since])).toEqual([
      ['a', 'long ago'],
      ['c', 'now'],
    ]);
    expect(notices.map(({ key, isOver }) => [key, isOver])).toEqual([
      ['c', false],
      ['b', true],
    ]);
  });

  it('forgets a change, which is an event', () => {
    const { alerts, notices } = noticesOf([], [notice('change c', 'change')]);
    expect([alerts.length, notices.length]).toEqual([0, 1]);
  });
});

describe('sendAlert', () => {
  it('posts JSON, tries again after 5xx, and says why it failed', async () => {
    const got: string[] = [];
    const answers = [503, 200, 404];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        got.push(body);
        response.writeHead(answers[got.length - 1]).end('{"error":"no such hook"}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const alert = alertOf({ bundle: 'b', run: 3 }, [notice('a'), { ...notice('b'), isOver: true }]);
    expect(await sendAlert(url, alert, { backOff: 0.001 })).toBeNull();
    expect(JSON.parse(got[1])).toEqual({
      ...{ bundle: 'b', run: 3, text: 'vouch monitor: a; over: b' },
      began: [{ kind: 'drift', text: 'a', since: 'now' }],
      over: [{ kind: 'drift', text: 'b', since: 'now' }],
    });
    expect(await sendAlert(url, alert, { backOff: 0.001 })).toBe('404 no such hook');
    expect(got).toHaveLength(3);
    await new Promise((resolve) => server.close(resolve));
    expect(await sendAlert(url, alert, { backOff: 0.001 })).toBe('ECONNREFUSED');
  });
});

describe('webhookUrl', () => {
  it.each(['alerts', 'ftp://example.com/', 'https://user:secret@example.com/'])('refuses %s', (text) => {
    expect(() => webhookUrl(text)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    expect(webhookUrl('https://example.com/alerts')).toBe('https://example.com/alerts');
  });
});

describe('alertsOf', () => {
  it('says once that an alarm is on', () => {
    const unseen = {
      ...{ shifted: 0, share: 0, expected: 0.01, alarm: true, excess: false },
      ...{ unseenModels: {}, unseenTasks: { riddles: 2 } },
    };
    const feedback = feedbackStanding({ none: 0, right: 0, wrong: 0 }, { none: 0, right: 0, wrong: 0 }, 0.001);
    const found = alertsOf({ promises: [], slices: [], drift: null, unseen, feedback }, new Map(), null);
    expect(found.map(({ text }) => text)).toEqual(['2 rows are of a task that was never seen in training (riddles)']);
  });
});

describe('feedback', () => {
  it('counts questions once, in parts', () => {
    expect(feedbackCounts([[null, 0], [1], [null]])).toEqual({ none: 1.5, right: 1, wrong: 0.5 });
  });

  it('raises an alarm for more reports of errors than before, not for fewer', () => {
    const usual = { none: 950, right: 30, wrong: 20 };
    const bad = { none: 900, right: 30, wrong: 70 };
    expect(feedbackStanding(usual, bad, 0.001)).toMatchObject({ alarm: true, reported: [0.02, 0.07] });
    expect(feedbackStanding(bad, usual, 0.001).alarm).toBe(false);
    expect(feedbackStanding({ none: 0, right: 0, wrong: 0 }, bad, 0.001)).toMatchObject({ pvalue: null, alarm: false });
  });
});
