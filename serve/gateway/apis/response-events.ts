import type { Fields } from '../../../data/check-value.js';
import { eventWith, type ServerEvent } from '../wire/events.js';

/** The events of a response with one message of one text, as the API streams it. */
export function responseEvents(response: Fields): ServerEvent[] {
  const [item] = response.output as Fields[];
  const [part] = item.content as Fields[];
  const begun = { ...response, status: 'in_progress', output: [], usage: null };
  const place = { output_index: 0, item_id: item.id, content_index: 0 };
  const events: Fields[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...item, status: 'in_progress', content: [] },
    },
    { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
    { type: 'response.output_text.delta', ...place, delta: part.text, logprobs: [] },
    { type: 'response.output_text.done', ...place, text: part.text, logprobs: [] },
    { type: 'response.content_part.done', ...place, part },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response },
  ];
  return events.map((data, i) => eventWith({ ...data, sequence_number: i }, String(data.type)));
}
