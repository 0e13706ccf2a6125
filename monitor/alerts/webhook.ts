import { checkedUrl } from '../../data/ask/endpoint/endpoint-url.js';
import { AskFailure, mayTryAgain } from '../../data/ask/endpoint/failure.js';
import { withRetries } from '../../data/ask/endpoint/patience.js';
import { postText } from '../../data/ask/endpoint/post.js';
import { random } from '../../support/random.js';
import type { Notice } from '../state.js';

/** How long one attempt may take, how often it is repeated, and how long to wait before the first repetition; in seconds. */
const TIMEOUT = 10;
const RETRIES = 2;
const BACK_OFF = 1;

/** What a webhook gets, as JSON: one POST per run with news. */
interface Alert {
  bundle: string;
  run: number;
  /** Alarms that began, and alarms that are over. */
  began: Omit<Notice, 'isOver' | 'key'>[];
  over: Omit<Notice, 'isOver' | 'key'>[];
  /** One line, as chat systems show it. */
  text: string;
}

export function alertOf({ bundle, run }: Pick<Alert, 'bundle' | 'run'>, notices: readonly Notice[]): Alert {
  const of = (isOver: boolean) =>
    notices.filter((each) => each.isOver === isOver).map(({ kind, text, since }) => ({ kind, text, since }));
  const said = notices.map(({ text, isOver }) => (isOver ? `over: ${text}` : text));
  return { bundle, run, began: of(false), over: of(true), text: `vouch monitor: ${said.join('; ')}` };
}

/**
 * Sends an alert; each of three attempts may take ten seconds. Null if it was taken, else the reason in words: an alert
 * that was not taken must not stop the run.
 */
export async function sendAlert(
  url: string,
  alert: Alert,
  { backOff = BACK_OFF, abort }: { backOff?: number; abort?: AbortSignal } = {},
): Promise<string | null> {
  const send = async () => {
    const posted = await postText(url, alert, { key: undefined, timeout: TIMEOUT, abort });
    if ('text' in posted) return;
    const { status, message } = posted;
    throw new AskFailure(`${status} ${message}`.trim(), { status, again: mayTryAgain(status) });
  };
  try {
    await withRetries(send, { retries: RETRIES, backOff, random: random(alert.run), abort }, () => {});
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The address, checked. Error: BAD_USAGE if it is no HTTP address, or has a user name or password. */
export function webhookUrl(text: string): string {
  return checkedUrl(text, { what: 'a webhook', field: 'webhook', example: 'https://example.com/alerts' }).href;
}
