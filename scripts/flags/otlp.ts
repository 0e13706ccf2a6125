import type { Command } from 'commander';
import { checkedUrl } from '../../data/ask/endpoint/endpoint-url.js';
import { OTLP_SIGNALS, type OtlpOptions, type OtlpSignal, serveDefaults } from '../../serve/options.js';
import { VouchError } from '../../support/errors.js';
import { groups, OTHER } from './groups.js';
import { whole } from './reading.js';

/** The flags about sending scores to OpenTelemetry. */
interface OtlpFlags {
  /** True without a value. */
  otlp?: string | true;
  otlpSend: OtlpSignal[];
  otlpQueue: number;
}

/** Environment variables of OpenTelemetry. They are read only if --otlp is given: a variable alone sends nothing. */
const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const HEADERS = 'OTEL_EXPORTER_OTLP_HEADERS';
const SERVICE = 'OTEL_SERVICE_NAME';

/** Adds these flags to a command. */
export function addOtlp(command: Command): Command {
  return command
    .optionsGroup(groups.otlp)
    .option(
      '--otlp [url]',
      'send spans and evaluation events to this OTLP/HTTP receiver, such as http://localhost:4318 ' +
        `(without a value: ${ENDPOINT} in the environment; headers: ${HEADERS})`,
    )
    .option('--otlp-send <what>', 'what to send: spans, events, or both with a comma', signalsOf, [...OTLP_SIGNALS])
    .option(
      '--otlp-queue <n>',
      'most spans, and most events, that wait to be sent; further ones are dropped and counted',
      whole('--otlp-queue', 'not a valid number', 1),
      serveDefaults.otlpQueue,
    )
    .optionsGroup(OTHER);
}

/** Where to send; undefined if nothing is sent. Errors: BAD_USAGE. */
export function otlpOf({ otlp, otlpSend: send, otlpQueue: queue }: OtlpFlags): OtlpOptions | undefined {
  if (otlp === undefined) return undefined;
  const text = otlp === true ? process.env[ENDPOINT] : otlp;
  if (text === undefined || text === '') {
    const detail = { field: '--otlp', expected: `an address, or ${ENDPOINT} in the environment` };
    throw new VouchError('BAD_USAGE', 'there is no address of an OTLP receiver', detail);
  }
  const { href: url } = checkedUrl(text, {
    what: 'an OTLP receiver',
    field: '--otlp',
    example: 'http://localhost:4318',
  });
  const service = process.env[SERVICE] || 'vouch';
  return { url, headers: headersIn(process.env[HEADERS] ?? ''), queue, send, service };
}

function signalsOf(text: string): OtlpSignal[] {
  const names = text.split(',').map((each) => each.trim());
  const unknown = names.find((name) => !(OTLP_SIGNALS as readonly string[]).includes(name));
  if (unknown === undefined) return names as OtlpSignal[];
  const expected = OTLP_SIGNALS.join(', ');
  throw new VouchError('BAD_USAGE', 'this cannot be sent', { field: '--otlp-send', expected, got: unknown });
}

/** `name=value,name=value`, with values in percent-encoding. The message of an error does not contain the value. */
function headersIn(text: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const pair of text.split(',').filter((each) => each.trim() !== '')) {
    const cut = pair.indexOf('=');
    const name = pair.slice(0, cut).trim().toLowerCase();
    try {
      if (cut < 1) throw new Error('no name');
      headers[name] = decodeURIComponent(pair.slice(cut + 1).trim());
      new Headers({ [name]: headers[name] });
    } catch {
      const expected = 'NAME=VALUE, with commas between them, and values in percent-encoding';
      throw new VouchError('BAD_USAGE', `${HEADERS} cannot be read`, { field: HEADERS, expected });
    }
  }
  return headers;
}
