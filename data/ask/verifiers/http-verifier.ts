import { checkedUrl } from '../endpoint/endpoint-url.js';
import { AskFailure, mayTryAgain } from '../endpoint/failure.js';
import { type Patience, withRetries } from '../endpoint/patience.js';
import { type PostOptions, postText } from '../endpoint/post.js';
import { readScores } from './read-scores.js';
import type { Verifier } from './verifier.js';

/** Longest reply in bytes. */
const LONGEST_REPLY = 65_536;

/**
 * A verifier behind HTTP: POST of the record as JSON, reply as `read-scores.ts` describes. Failures that may pass are
 * tried again as for endpoints; if they do not pass, or if the verifier refuses every request (401, 402, 404), `verify`
 * throws AskFailure. Another refusal is a failure for this answer alone. Error: BAD_USAGE for a wrong address.
 */
export function httpVerifier(name: string, address: string, options: PostOptions & Patience): Verifier {
  const { href } = checkedUrl(address, {
    what: 'a verifier',
    field: '--verifier',
    keyOption: '--verifier-api-key-env',
  });
  const failure = (what: string, detail: { status?: number; again: boolean; cause?: unknown }) =>
    new AskFailure(`verifier ${name}: ${what}`, detail);
  return {
    name,
    verify: (shown) =>
      withRetries(
        async () => {
          const posted = await postText(href, shown, { ...options, most: LONGEST_REPLY }).catch((error) => {
            if (!(error instanceof AskFailure)) throw error;
            throw failure(error.message, { again: error.again, cause: error });
          });
          if ('text' in posted) return readScores(posted.text);
          const { status, message } = posted;
          const refused = failure(`${status} ${message}`.trim(), { status, again: mayTryAgain(status) });
          if (refused.again || refused.hopeless) throw refused;
          return { failed: `${status} ${message}`.trim() };
        },
        options,
        () => {},
      ),
  };
}
