import type { RowFormat } from './format.js';

/**
 * The fine-tuning API of OpenAI: `messages` for supervised fine-tuning, where only the last turn of the assistant has
 * weight; `input`, `preferred_output` and `non_preferred_output` for direct preference optimisation. Rows have no other
 * keys, because the API refuses them. Source: OpenAI API reference, FineTuneChatRequestInput and
 * FineTunePreferenceRequestInput.
 */
export const openai: RowFormat = {
  row: ({ prompt, target }) =>
    'completion' in target
      ? {
          messages: [
            ...prompt.map((turn) => (turn.role === 'assistant' ? { ...turn, weight: 0 } : turn)),
            { role: 'assistant', content: target.completion },
          ],
        }
      : {
          input: { messages: prompt },
          preferred_output: [{ role: 'assistant', content: target.chosen }],
          non_preferred_output: [{ role: 'assistant', content: target.rejected }],
        },
};
