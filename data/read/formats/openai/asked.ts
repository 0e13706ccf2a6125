import type { Fields } from '../../table/fields.js';
import { contentOf, turnsOf } from '../parts/messages.js';

/** The question of a chat request: its messages, else its prompt as text, else its input. */
export function askedInChat(request: Fields): Fields {
  const turns = turnsOf(request.messages);
  if (turns !== null) return { messages: turns };
  return typeof request.prompt === 'string' ? { prompt: request.prompt } : askedByInput(request);
}

/**
 * The question of a Responses request: its input as text, or its items as turns. `instructions` become the system turn.
 * Empty if only the instructions are known: otherwise answers to different questions would look alike.
 */
export function askedInResponses(request: Fields): Fields {
  const asked = askedByInput(request);
  return Object.keys(asked).length > 0 ? asked : askedInChat(request);
}

function askedByInput({ input, instructions }: Fields): Fields {
  const asked = Array.isArray(input) ? input.flatMap(turnOf) : input;
  if (typeof asked !== 'string' && !(Array.isArray(asked) && asked.length > 0)) {
    return {};
  }
  const system =
    typeof instructions === 'string' && instructions !== '' ? [{ role: 'system', content: instructions }] : [];
  if (typeof asked === 'string') {
    return system.length === 0 ? { prompt: asked } : { messages: [...system, { role: 'user', content: asked }] };
  }
  return { messages: [...system, ...asked] };
}

/** One item of an input list as a turn. Reasoning, and references to items of other responses, give none. */
function turnOf(item: unknown): Fields[] {
  if (typeof item === 'string') return [{ role: 'user', content: item }];
  const { type, output } = (item ?? {}) as Fields;
  if (type === undefined || type === 'message') return turnsOf([item]) as unknown as Fields[];
  if (typeof type !== 'string') return [];
  if (type.endsWith('_call_output')) {
    return [{ role: 'tool', content: typeof output === 'string' ? output : contentOf(output).text }];
  }
  return type.endsWith('_call') ? [{ role: 'assistant', content: null }] : [];
}
