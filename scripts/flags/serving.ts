import { type Command, Option } from 'commander';
import { webhookUrl } from '../../monitor/alerts/webhook.js';
import type { DashboardOptions } from '../../serve/dashboard/options.js';
import { isLoopback } from '../../serve/dashboard/same-site.js';
import { readKeys } from '../../serve/http/keys.js';
import { readTenantKeys } from '../../serve/http/tenants.js';
import { type CommonOptions, type MonitorSchedule, type OtlpSignal, serveDefaults } from '../../serve/options.js';
import type { StopOptions } from '../../serve/run.js';
import { VouchError } from '../../support/errors.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { versions } from '../../support/versions.js';
import { duration } from './duration.js';
import { addEncoders, type EncoderFlags, encodersOf } from './encoders.js';
import { groups, OTHER } from './groups.js';
import { addNaming, type NamingFlags, namingOf } from './naming.js';
import { addOtlp, otlpOf } from './otlp.js';
import { addPinning, type PinningFlags, pinningOf } from './pinning.js';
import { addPlugins, type PluginFlags } from './plugins.js';
import { number, whole } from './reading.js';

/** The flags of both services. */
export interface ServingFlags extends NamingFlags, PinningFlags, PluginFlags, EncoderFlags {
  model: string;
  shadow?: string;
  host: string;
  port: number;
  bodyLimit: number;
  inFlight: number;
  rate?: number;
  timeout: number;
  watch: number;
  apiKeyFile?: string;
  adminKeyFile?: string;
  drainWait: number;
  drainTimeout: number;
  logLevel: string;
  logRequests?: boolean;
  logRecords?: boolean;
  store?: string;
  storeQueue: number;
  storeTexts?: boolean;
  feedbackKeys?: string;
  dashboard?: boolean;
  dashboardKeys?: string;
  reviewQueue?: string;
  monitorEvery?: number;
  monitorState?: string;
  monitorQueue?: string;
  monitorLabels: number;
  monitorWebhook?: string;
  otlp?: string | true;
  otlpSend: OtlpSignal[];
  otlpQueue: number;
  json?: boolean;
}

/** Environment variables with the keys if no file is given. */
const KEY_VARIABLE = 'VOUCH_API_KEY';
const ADMIN_VARIABLE = 'VOUCH_ADMIN_KEY';
const FEEDBACK_VARIABLE = 'VOUCH_FEEDBACK_KEY';
const DASHBOARD_VARIABLE = 'VOUCH_DASHBOARD_KEY';

/** Adds these flags to a command. */
export function addServing(
  command: Command,
  own: { port: number; bodyLimit: number; timeout: number; times: string },
): Command {
  const { host, inFlight, watch, drainWait, drainTimeout, logLevel } = serveDefaults;
  return addOtlp(addMonitoring(addStoring(addEncoders(addPlugins(addPinning(addNaming(command)))))))
    .optionsGroup(groups.service)
    .option('--host <host>', 'address to listen on; 0.0.0.0: all addresses', host)
    .option(
      '--port <n>',
      'port to listen on; 0: any free port',
      whole('--port', 'not a valid port', 0, 65_535),
      own.port,
    )
    .optionsGroup(groups.limits)
    .option(
      '--body-limit <bytes>',
      'largest body of a request, also after decompression',
      whole('--body-limit', 'not a valid number of bytes', 1),
      own.bodyLimit,
    )
    .option(
      '--in-flight <n>',
      'most requests at the same time; further ones get 503',
      whole('--in-flight', 'not a valid number of requests', 1),
      inFlight,
    )
    .option(
      '--rate <n>',
      'most requests per second from one client (by key, else by address); further ones get 429',
      atLeast(0.001, '--rate'),
    )
    .option('--timeout <seconds>', own.times, atLeast(0.1, '--timeout'), own.timeout)
    .optionsGroup(groups.service)
    .option(
      '--shadow <dir>',
      'a challenger: it scores the same answers after the reply, and the metrics show how it differs',
    )
    .option('--watch <seconds>', 'seconds between two checks for a new bundle; 0: never', atLeast(0, '--watch'), watch)
    .option(
      '--api-key-file <file>',
      `client keys, one per line (default: ${KEY_VARIABLE} in the environment, else no key is required)`,
    )
    .option(
      '--admin-key-file <file>',
      `keys for /v1/admin (default: ${ADMIN_VARIABLE} in the environment, else these routes are closed)`,
    )
    .option(
      '--drain-wait <seconds>',
      'seconds after a stop signal in which new connections are still accepted',
      atLeast(0, '--drain-wait'),
      drainWait,
    )
    .option(
      '--drain-timeout <seconds>',
      'seconds that open requests then have to finish',
      atLeast(0, '--drain-timeout'),
      drainTimeout,
    )
    .addOption(
      new Option('--log-level <level>', 'lowest level that is logged, as JSON on standard error')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default(logLevel),
    )
    .option('--log-requests', 'log path, status and time of each request, but not its body')
    .option('--log-records', 'log each record with its score; the log then contains prompts and answers')
    .optionsGroup(OTHER)
    .option('--json', 'print the address as JSON');
}

/** Adds the flags about storing what is scored. */
function addStoring(command: Command): Command {
  return command
    .optionsGroup(groups.store)
    .option('--store <place>', 'store scored answers and feedback: a SQLite file, or postgres://… (default: none)')
    .option('--store-texts', 'store prompts and answers too; without it, only feedback may contain texts')
    .option(
      '--store-queue <n>',
      'most scored answers that wait to be stored; further ones are dropped and counted',
      whole('--store-queue', 'not a valid number of answers', 1),
      serveDefaults.storeQueue,
    )
    .option(
      '--feedback-keys <file>',
      'keys for feedback, one per line; after a key and a space, its tenant ' +
        `(default: ${FEEDBACK_VARIABLE} in the environment, else feedback is refused)`,
    )
    .optionsGroup(groups.dashboard)
    .option('--dashboard', 'show pages about the stored answers: /dashboard, of a gateway /vouch/dashboard')
    .option(
      '--dashboard-keys <file>',
      'keys to sign in, one per line; after a key and a space, the tenant whose answers it shows, * for all ' +
        `(default: ${DASHBOARD_VARIABLE} in the environment, else only this machine may open the pages)`,
    )
    .option('--review-queue <file>', 'queue of vouch monitor (.csv or .jsonl): the pages let people label its answers')
    .optionsGroup(OTHER);
}

/** Adds the flags about running the monitor over the store. */
function addMonitoring(command: Command): Command {
  return command
    .optionsGroup(groups.monitor)
    .option('--monitor-every <time>', 'run the monitor over --store this often: 30m, 1h, 1d (default: never)', duration)
    .option(
      '--monitor-state <file>',
      'file that remembers what runs of the monitor found. Without --monitor-every, it is that of vouch monitor ' +
        '(or its --out), and the dashboard shows its promises and alarms',
    )
    .option('--monitor-queue <folder>', 'write answers to label to files in this folder (default: none are drawn)')
    .option(
      '--monitor-labels <n>',
      'number of answers that a run draws for it, on average',
      whole('--monitor-labels', 'not a number of labels', 1, 10_000),
      serveDefaults.monitorLabels,
    )
    .option('--monitor-webhook <url>', 'send alarms that began or are over to this address, as JSON')
    .optionsGroup(OTHER);
}

/** The schedule of the monitor; undefined if it does not run. Error: BAD_USAGE for one flag without another. */
function monitoringOf(flags: ServingFlags): MonitorSchedule | undefined {
  const { store, monitorEvery: every, monitorState: state, monitorQueue: queue, monitorWebhook: webhook } = flags;
  const needs = (field: string, expected: string) => {
    throw new VouchError('BAD_USAGE', 'the monitor of a service needs more', { field, expected });
  };
  if (every === undefined) {
    if (queue !== undefined) needs('--monitor-queue', '--monitor-every');
    if (webhook !== undefined) needs('--monitor-webhook', '--monitor-every');
    return undefined;
  }
  if (store === undefined) return needs('--monitor-every', '--store');
  if (state === undefined) return needs('--monitor-every', '--monitor-state');
  const address = webhook === undefined ? {} : { webhook: webhookUrl(webhook) };
  return { every, state, ...(queue === undefined ? {} : { queue }), queueLabels: flags.monitorLabels, ...address };
}

/** The store, and the keys of clients: with a store, a line of --api-key-file may name a tenant after the key. */
async function storingOf(flags: ServingFlags): Promise<Pick<CommonOptions, 'keys' | 'store'>> {
  const { store: place, storeQueue: queue, storeTexts, feedbackKeys, apiKeyFile } = flags;
  if (place === undefined) {
    if (feedbackKeys === undefined) return { keys: await readKeys(apiKeyFile, KEY_VARIABLE) };
    const detail = { field: '--feedback-keys', expected: '--store' };
    throw new VouchError('BAD_USAGE', 'feedback needs a store', detail);
  }
  const clients = await readTenantKeys(apiKeyFile, KEY_VARIABLE);
  const own = { clients, feedbackKeys: await readTenantKeys(feedbackKeys, FEEDBACK_VARIABLE) };
  return { keys: clients.map(({ key }) => key), store: { place, queue, texts: storeTexts === true, ...own } };
}

/** The dashboard. Errors: BAD_USAGE without a store, or without a key where others could open it. */
async function dashboardOf(
  flags: ServingFlags,
  { keys, adminKeys, store }: Pick<CommonOptions, 'keys' | 'adminKeys' | 'store'>,
): Promise<DashboardOptions | undefined> {
  const { dashboard, dashboardKeys, monitorState, monitorEvery, reviewQueue, host } = flags;
  if (dashboard !== true) {
    const shown = monitorEvery === undefined ? { monitorState } : {};
    const given = Object.entries({ dashboardKeys, ...shown, reviewQueue }).find(([, value]) => value !== undefined);
    if (given === undefined) return undefined;
    const expected = given[0] === 'monitorState' ? '--dashboard or --monitor-every' : '--dashboard';
    throw new VouchError('BAD_USAGE', 'nothing would read this', { field: given[0], expected });
  }
  if (store === undefined) {
    throw new VouchError('BAD_USAGE', 'the dashboard needs a store', { field: '--dashboard', expected: '--store' });
  }
  const own = await readTenantKeys(dashboardKeys, DASHBOARD_VARIABLE);
  const isGuarded = keys.length + adminKeys.length + store.feedbackKeys.length > 0;
  if (own.length === 0 && (isGuarded || !isLoopback(host))) {
    const why = isGuarded ? 'the service has keys' : `${host} is not an address of this machine only`;
    throw new VouchError('BAD_USAGE', `the dashboard needs a key of its own, because ${why}`, {
      ...{ field: '--dashboard', expected: `--dashboard-keys, or ${DASHBOARD_VARIABLE} in the environment` },
    });
  }
  return { keys: own, monitorState: monitorState ?? null, queue: reviewQueue ?? null };
}

/** The options of both services. Errors: those of reading keys. */
export async function servingOptions(flags: ServingFlags): Promise<CommonOptions & StopOptions> {
  const { model, host, port, bodyLimit, inFlight, rate, timeout, watch, drainWait, drainTimeout, logLevel } = flags;
  const storing = await storingOf(flags);
  const adminKeys = await readKeys(flags.adminKeyFile, ADMIN_VARIABLE);
  return {
    ...storing,
    monitor: monitoringOf(flags),
    otlp: otlpOf(flags),
    ...{ model, host, port, bodyLimit, inFlight, timeout, watch, drainWait, drainTimeout, logLevel },
    rate: rate ?? null,
    adminKeys,
    dashboard: await dashboardOf(flags, { ...storing, adminKeys }),
    logRequests: flags.logRequests === true,
    logRecords: flags.logRecords === true,
    naming: namingOf(flags),
    pinning: await pinningOf(flags),
    plugins: await openPlugins(flags.plugin),
    encoders: await encodersOf(flags),
    ...(flags.shadow === undefined ? {} : { shadow: flags.shadow }),
    vouch: versions().vouch,
  };
}

/** Prints the address of the service. */
export function sayListening(json: boolean | undefined, what: string) {
  return (url: string) => {
    process.stdout.write(json ? `${JSON.stringify({ url })}\n` : `${what} at ${url}\n`);
  };
}

function atLeast(least: number, field: string): (text: string) => number {
  return (text) => {
    const value = number(text);
    if (value >= least) return value;
    throw new VouchError('BAD_USAGE', 'too small', { field, expected: `${least} or more`, got: text });
  };
}
