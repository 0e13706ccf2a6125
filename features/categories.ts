import type { Answer } from '../data/token-list.js';
import type { View } from './view.js';

/**
 * Categorical inputs: `model`, `task`, `option` (the option that the answer names: a key of the recorded choices, or
 * else a letter, yes or no) and `features.NAME` where the user's feature is a text. Null where not recorded.
 */
export const fixedCategories = ['model', 'task', 'option'] as const;

/** The function that reads the categorical input of this name; undefined for an unknown name. */
export function categoryReader(name: string): ((record: Answer, view: View) => string | null) | undefined {
  switch (name) {
    case 'model':
      return (record) => record.model ?? null;
    case 'task':
      return (record) => record.task ?? null;
    case 'option':
      return (_record, view) => optionOf(view);
  }
  if (!name.startsWith('features.')) return undefined;
  const key = name.slice('features.'.length);
  return ({ features }) => {
    const value = features?.[key];
    return typeof value === 'string' ? value : null;
  };
}

const letters = 'ABCDEFGHIJ';

function optionOf(view: View): string | null {
  return view.choices.n > 0 ? view.choices.chosenName : optionInText(view);
}

/** The option that the answer's text names: a letter, yes or no; null where it names none. */
export function optionInText(view: View): string | null {
  const { option, polarity } = view.gist;
  if (option >= 0) return letters[option];
  return polarity < 0 ? null : polarity === 1 ? 'yes' : 'no';
}
