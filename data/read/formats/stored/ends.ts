import { finishOf } from '../../../finish.js';

/**
 * Finish reasons that tracing tools store as a provider names them, and that `finish.ts` does not list. Anthropic's
 * `refusal` means that a classifier cut the answer off, not that the model refuses in its text.
 */
const NAMES = new Map(
  Object.entries({
    refusal: 'content_filter',
    guardrail_intervened: 'content_filter',
    model_armor: 'content_filter',
    image_prohibited_content: 'content_filter',
    image_recitation: 'content_filter',
    jailbreak: 'content_filter',
    pause_turn: 'tool_calls',
    finish: 'stop',
    finished: 'stop',
    unexpected_tool_call: 'error',
    too_many_tool_calls: 'error',
    malformed_response: 'error',
    malformed_model_output: 'error',
    malformed_tool_use: 'error',
    missing_thought_signature: 'error',
    image_other: 'error',
    no_image: 'error',
  }),
);

/** Values that say nothing. */
const NONE = ['', 'null', 'none', 'unknown', 'finish_reason_unspecified', 'unspecified'];

/**
 * The canonical name of a finish reason, also of `FinishReason.STOP` as Python prints it; undefined if there is none.
 */
export function endOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value.replace(/^\w+\./, '');
  const plain = name.toLowerCase().replaceAll('-', '_');
  if (NONE.includes(plain)) return undefined;
  const known = finishOf(plain);
  return NAMES.get(plain) ?? (known === plain ? name : known);
}
