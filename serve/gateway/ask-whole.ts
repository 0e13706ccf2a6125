import type { GatewayParts } from './parts.js';
import type { Ask } from './upstream/ask.js';
import { askUpstream, type Route } from './upstream/ask-upstream.js';
import { UpstreamFailure } from './upstream/upstream.js';
import { readWhole, type Whole } from './whole.js';

/** The answer of one more request, or the reason why there is none. Errors: the signal's reason. */
export async function askWhole(parts: GatewayParts, ask: Ask, route: Route): Promise<Whole | string> {
  if (ask.body.conversation != null) return 'the request belongs to a stored conversation';
  try {
    const answered = await askUpstream(parts, ask, route);
    if (answered.status !== 200) {
      answered.discard();
      return `status ${answered.status}`;
    }
    const whole = await readWhole(ask, answered, {
      bytes: parts.options.bodyLimit,
      limits: parts.options.limits,
    });
    if (!('passed' in whole)) return whole;
    answered.discard();
    return 'no answer';
  } catch (error) {
    route.signal.throwIfAborted();
    return error instanceof UpstreamFailure ? error.message : 'its answer broke off';
  }
}
