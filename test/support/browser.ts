import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

/** Debian's package `chromium` has it here. */
const PROGRAM = '/usr/bin/chromium';

/** Whether there is a browser here. */
export const hasBrowser = existsSync(PROGRAM);

type Params = Record<string, unknown>;

/** A page in a real browser without a window. */
export interface Tab {
  /** How the page is shown. */
  show(how: { width: number; height?: number; scheme?: 'light' | 'dark' }): Promise<void>;
  go(url: string): Promise<void>;
  /** Waits until another page is loaded that an action leads to. */
  leads(action: () => Promise<unknown>): Promise<void>;
  /** The value of an expression in the page. */
  value<T>(expression: string): Promise<T>;
  /** Presses a key, as a person does. */
  press(key: string): Promise<void>;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  /** A picture of the whole page as PNG. */
  picture(): Promise<Buffer>;
  send(method: string, params?: Params): Promise<Params>;
  /** Addresses of all requests, and what the console said in alarm (also refusals by the content security policy). */
  readonly requests: string[];
  readonly alarms: string[];
}

/** Starts chromium, and speaks its protocol over a pipe. */
export async function openBrowser(): Promise<{ newTab(): Promise<Tab>; close(): Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), 'vouch-browser-'));
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
  const browser = spawn(PROGRAM, [...flags, `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const talk = talkWith(browser);
  return {
    newTab: () => newTab(talk),
    close: async () => {
      const gone = new Promise((resolve) => browser.once('exit', resolve));
      browser.kill();
      await gone;
      await endGroup(browser.pid as number);
      rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

/** Kills what a process that led its own group left behind, and waits until the group is empty. */
async function endGroup(leader: number): Promise<void> {
  for (;;) {
    try {
      process.kill(-leader, 'SIGKILL');
    } catch {
      return;
    }
    await setTimeout(20);
  }
}

interface Talk {
  send(method: string, params?: Params, session?: string): Promise<Params>;
  hear(listener: (event: { method: string; params: Params; sessionId?: string }) => void): void;
}

/** Messages are JSON with a NUL after each. */
function talkWith(browser: ChildProcess): Talk {
  const [, , , input, output] = browser.stdio as unknown as [null, null, null, Writable, Readable];
  const asked = new Map<number, { resolve(result: Params): void; reject(error: Error): void }>();
  const listeners: Parameters<Talk['hear']>[0][] = [];
  let rest = '';
  let last = 0;
  output.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\0');
    rest = parts.pop() as string;
    for (const part of parts) {
      const message = JSON.parse(part);
      const own = asked.get(message.id);
      asked.delete(message.id);
      if (message.error !== undefined) own?.reject(new Error(JSON.stringify(message.error)));
      else if (own !== undefined) own.resolve(message.result);
      else for (const listener of listeners) listener(message);
    }
  });
  return {
    hear: (listener) => listeners.push(listener),
    send: (method, params = {}, sessionId = undefined) =>
      new Promise((resolve, reject) => {
        asked.set(++last, { resolve, reject });
        input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
      }),
  };
}

async function newTab({ send: sendTo, hear }: Talk): Promise<Tab> {
  const { targetId } = await sendTo('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await sendTo('Target.attachToTarget', { targetId, flatten: true });
  const send = (method: string, params: Params = {}) => sendTo(method, params, sessionId as string);
  const [requests, alarms]: [string[], string[]] = [[], []];
  let loaded = () => {};
  hear(({ method, params, sessionId: from }) => {
    if (from !== sessionId) return;
    if (method === 'Page.loadEventFired') loaded();
    if (method === 'Network.requestWillBeSent') requests.push((params.request as { url: string }).url);
    if (method === 'Log.entryAdded') alarms.push((params.entry as { text: string }).text);
    if (method === 'Runtime.exceptionThrown') alarms.push(JSON.stringify(params.exceptionDetails));
  });
  for (const domain of ['Page', 'Network', 'Log', 'Runtime', 'Accessibility']) await send(`${domain}.enable`);
  const value = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      ...{ expression, returnByValue: true, awaitPromise: true },
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: T }).value;
  };
  const leads = async (action: () => Promise<unknown>) => {
    const next = new Promise<void>((resolve) => {
      loaded = resolve;
    });
    await action();
    await next;
  };
  return {
    ...{ send, value, leads, requests, alarms },
    show: async ({ width, height = 900, scheme = 'light' }) => {
      await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 500 });
      await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    },
    go: (url) => leads(() => send('Page.navigate', { url })),
    press: async (key) => {
      const code = { key, text: key.length === 1 ? key : key === 'Enter' ? '\r' : undefined };
      const windowsVirtualKeyCode = { Tab: 9, Enter: 13 }[key];
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...code, windowsVirtualKeyCode });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode });
    },
    click: (selector) => value(`document.querySelector(${JSON.stringify(selector)}).click()`),
    type: async (selector, text) => {
      await value(`document.querySelector(${JSON.stringify(selector)}).focus()`);
      await send('Input.insertText', { text });
    },
    picture: async () => {
      const { data } = await send('Page.captureScreenshot', { captureBeyondViewport: true, format: 'png' });
      return Buffer.from(data as string, 'base64');
    },
  };
}
