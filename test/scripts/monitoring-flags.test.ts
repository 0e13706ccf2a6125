import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { register as registerMonitor } from '../../scripts/commands/monitor.js';
import { duration } from '../../scripts/flags/duration.js';
import { addServing, type ServingFlags, servingOptions } from '../../scripts/flags/serving.js';
import type { CommonOptions } from '../../serve/options.js';
import { command } from '../support/run-command.js';

afterEach(() => void vi.unstubAllEnvs());

async function options(...args: string[]): Promise<CommonOptions> {
  const own = { port: 1, bodyLimit: 1, timeout: 1, times: '' };
  const parsed = addServing(new Command().option('--model <dir>'), own);
  parsed.parse(['--model', 'm', ...args], { from: 'user' });
  return servingOptions(parsed.opts<ServingFlags>());
}

const bad = (field: string) =>
  expect.objectContaining({ code: 'BAD_USAGE', detail: expect.objectContaining({ field }) });

describe('duration', () => {
  it('reads lengths of time', () => {
    expect(['90s', '30m', '1h', '1.5h', '1d'].map(duration)).toEqual([90, 1800, 3600, 5400, 86_400]);
    for (const wrong of ['1', 'h', '0s', '0.5s', '-1h', '1 week', '']) {
      expect(() => duration(wrong)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    }
  });
});

describe('--monitor-every', () => {
  it('needs a store and a state', async () => {
    const every = ['--monitor-every', '1h'];
    const state = ['--monitor-state', 's.json'];
    expect((await options(...every, ...state, '--store', 'a.db')).monitor).toEqual({
      ...{ every: 3600, state: 's.json', queueLabels: 10 },
    });
    const more = ['--monitor-queue', 'q', '--monitor-labels', '5', '--monitor-webhook', 'https://example.com/x'];
    expect((await options(...every, ...state, '--store', 'a.db', ...more)).monitor).toMatchObject({
      ...{ queue: 'q', queueLabels: 5, webhook: 'https://example.com/x' },
    });
    await expect(options(...state)).rejects.toEqual(bad('monitorState')); // nothing would read it
    await expect(options(...every, ...state)).rejects.toEqual(bad('--monitor-every'));
    await expect(options(...every, '--store', 'a.db')).rejects.toEqual(bad('--monitor-every'));
    await expect(options('--store', 'a.db', '--monitor-queue', 'q')).rejects.toEqual(bad('--monitor-queue'));
    const wrong = ['--monitor-webhook', 'ftp://x/'];
    await expect(options(...every, ...state, '--store', 'a.db', ...wrong)).rejects.toEqual(bad('webhook'));
  });
});

describe('--otlp', () => {
  it('takes an address, or the one in the environment; a variable alone sends nothing', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:4318');
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Basic%20abc,X-Scope=a=b');
    vi.stubEnv('OTEL_SERVICE_NAME', 'answers');
    expect((await options()).otlp).toBeUndefined();
    expect((await options('--otlp')).otlp).toEqual({
      ...{ url: 'http://collector:4318/', queue: 10_000, send: ['spans', 'events'], service: 'answers' },
      headers: { authorization: 'Basic abc', 'x-scope': 'a=b' },
    });
    const one = await options('--otlp', 'https://other/api', '--otlp-send', 'spans', '--otlp-queue', '7');
    expect(one.otlp).toMatchObject({ url: 'https://other/api', send: ['spans'], queue: 7 });
  });

  it('refuses what cannot be used, without the values of headers', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', '');
    await expect(options('--otlp')).rejects.toEqual(bad('--otlp'));
    await expect(options('--otlp', 'localhost')).rejects.toEqual(bad('--otlp'));
    await expect(options('--otlp', 'http://x', '--otlp-send', 'metrics')).rejects.toEqual(bad('--otlp-send'));
    for (const wrong of ['secret', '=secret', 'a b=secret', 'a=%E0secret', 'a=b%0Asecret']) {
      vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', wrong);
      const error = await options('--otlp', 'http://x').catch((thrown: unknown) => thrown);
      expect(error).toEqual(bad('OTEL_EXPORTER_OTLP_HEADERS'));
      expect((error as Error).message).not.toContain('secret');
    }
  });
});

describe('vouch monitor --store', () => {
  it('refuses what only answers from files can have', async () => {
    const monitor = (...args: string[]) => command(registerMonitor, 'monitor', ...args, '--model', 'm', '--state', 's');
    await expect(monitor()).rejects.toMatchObject({ code: 'BAD_USAGE', what: 'there are no answers' });
    await expect(monitor('a.jsonl', '--store', 'a.db')).rejects.toEqual(bad('answers'));
    await expect(monitor('--store', 'a.db', '--drawn', '1')).rejects.toEqual(bad('--drawn'));
    await expect(monitor('--store', 'a.db', '--group-by', 'q')).rejects.toEqual(bad('--group-by'));
    await expect(monitor('--store', 'a.db', '--reviews', 'smile')).rejects.toEqual(bad('reviews'));
  });
});
