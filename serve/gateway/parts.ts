import type { Live } from '../bundle/live.js';
import type { GatewayOptions } from '../options.js';
import type { Telemetry } from '../otlp/telemetry.js';
import type { Keeper } from '../store/keeper.js';
import type { PolicyParts } from './policy/policy-parts.js';
import type { MemoryOf } from './upstream/logprobs-memory.js';
import type { Upstream } from './upstream/upstream.js';
import type { Judge } from './verdict/judging.js';

/** What happened to an answer, for the counter. */
export const OUTCOMES = ['scored', 'unscored', 'replaced', 'escalated', 'escalation failed'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** Everything that the gateway's handlers need. */
export interface GatewayParts {
  /** Null: nothing is stored. */
  keeper: Keeper | null;
  /** Null: nobody is told what is scored. */
  telemetry: Telemetry | null;
  options: GatewayOptions;
  live: Live;
  upstream: Upstream;
  second: { upstream: Upstream; model: string | null } | null;
  /** Absent: the gateway follows no policy. */
  following?: PolicyParts;
  memoryOf: MemoryOf;
  /** Called when fewer log-probabilities, or none (0), are requested from a model for a while. */
  learnt(model: string, most: number): void;
  judge: Judge;
  count(outcome: Outcome): void;
}
