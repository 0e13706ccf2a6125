import type { Live } from '../bundle/live.js';
import type { GatewayOptions } from '../options.js';
import type { MemoryOf } from './upstream/logprobs-memory.js';
import type { Upstream } from './upstream/upstream.js';
import type { Judge } from './verdict/judging.js';

/** What became of an answer, for the count. */
type Outcome = 'scored' | 'unscored' | 'replaced' | 'escalated' | 'escalation failed';

/** What the gateway's handlers are made of. */
export interface GatewayParts {
  options: GatewayOptions;
  live: Live;
  upstream: Upstream;
  second: { upstream: Upstream; model: string | null } | null;
  memoryOf: MemoryOf;
  /** Told of a model that is asked for fewer log-probabilities, or (0) for none, for a while. */
  learnt(model: string, most: number): void;
  judge: Judge;
  count(outcome: Outcome): void;
}
