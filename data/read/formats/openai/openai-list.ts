import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat } from '../log-format.js';
import { kindOf } from './kind.js';
import { openaiChat } from './openai-chat.js';
import { openaiCompletions } from './openai-completions.js';
import { openaiResponses } from './openai-responses.js';

const READERS = { chat: openaiChat, completions: openaiCompletions, responses: openaiResponses };

/** A page of stored responses, as the API lists them. Each is read as if it were alone. */
export const openaiList: LogFormat = {
  name: 'openai-list',
  title: 'OpenAI list of stored responses',
  source: 'https://platform.openai.com/docs/api-reference/chat/list (looked up 2026-11)',
  detect: (row) => (row.object === 'list' && bodiesIn(row).length > 0 ? 'object: list of responses' : null),
  read: (row, context) => bodiesIn(row).flatMap((body) => READERS[kindOf(body)!].read(body, context)),
  mapping: [['all', 'each entry of `data`, as in the other OpenAI formats']],
  example:
    '{"object":"list","data":[{"id":"c1","object":"chat.completion","created":1764000000,"model":"gpt-4o",' +
    '"choices":[{"index":0,"message":{"role":"assistant","content":"Canberra"},"finish_reason":"stop"}],' +
    '"metadata":{"q":"1"}}],"has_more":false}',
};

function bodiesIn({ data }: Fields): Fields[] {
  if (!Array.isArray(data)) return [];
  const bodies = data.map((item) => objectOf(item) ?? {});
  return bodies.every((body) => kindOf(body) !== null) ? bodies : [];
}
