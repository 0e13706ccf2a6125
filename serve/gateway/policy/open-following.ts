import type { Registry } from 'prom-client';
import type { Agent } from 'undici';
import { openVerifiers } from '../../../data/ask/verifiers/open-verifiers.js';
import type { Policy } from '../../../scorer/policy/policy.js';
import { maxOf } from '../../../support/extremes.js';
import type { ReadPolicy } from '../../bundle/policy-in-use.js';
import type { GatewayOptions, PolicyServing } from '../../options.js';
import { KEY_NAME } from './buy-scores.js';
import { policyMetrics } from './policy-metrics.js';
import type { PolicyParts } from './policy-parts.js';
import { readPolicyFor } from './read-policy.js';
import { seatsFor } from './seat.js';

/** What a gateway needs to follow policies. */
interface Following {
  /** Reads the policy of each bundle that comes into use. */
  read: ReadPolicy;
  /** The parts for requests. `live` has the policy in use. */
  parts(registry: Registry, live: { now: { policy: { policy: Policy } | null } }): PolicyParts;
}

/** Variables of the environment that hold keys of the gateway. No verifier program gets them. */
const KEYS = /^VOUCH_\w*KEY$/;

/** Errors: BAD_USAGE for a wrong address or verifier. */
export async function openFollowing(
  options: Pick<GatewayOptions, 'upstream' | 'keys' | 'askLogprobs'> & { policy: PolicyServing },
  agent: Agent,
): Promise<Following> {
  const { policy } = options;
  const seats = seatsFor(agent, options);
  const deadlineOf = (stage: string) => 1000 * (policy.stageTimeouts[stage] ?? policy.stageTimeout);
  const longest = maxOf([policy.stageTimeout, ...Object.values(policy.stageTimeouts)]);
  const bare = Object.fromEntries(Object.entries(policy.env).filter(([name]) => !KEYS.test(name)));
  // a stage ends at its deadline; a verifier that goes on after it ends at the longest one
  const way = { ...policy.way, verifierTimeout: longest, retries: 0, apiKeyEnv: KEY_NAME };
  const verifiers = await openVerifiers({ ask: policy.ask, way, env: bare });
  let now: PolicyParts['metrics'] | null = null;
  const read = readPolicyFor(options);
  return {
    read: (bundle) => {
      const inUse = read(bundle);
      now?.inUse(inUse.policy);
      return inUse;
    },
    parts: (registry, live) => {
      now = policyMetrics(registry);
      if (live.now.policy !== null) now.inUse(live.now.policy.policy);
      return { options: policy, seats, verifiers, metrics: now, deadlineOf };
    },
  };
}
