import type { RowFormat } from './format.js';

/**
 * TRL: the conversational prompt-completion type for SFTTrainer, whose loss is on the completion alone; the
 * conversational preference type with an explicit prompt for DPOTrainer. Source: TRL documentation, "Dataset formats
 * and types".
 */
export const trl: RowFormat = {
  row: ({ prompt, target }) =>
    'completion' in target
      ? { prompt, completion: said(target.completion) }
      : { prompt, chosen: said(target.chosen), rejected: said(target.rejected) },
};

function said(content: string) {
  return [{ role: 'assistant', content }];
}
