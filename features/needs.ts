import type { Need } from './feature.js';
import type { View } from './view.js';

/** All needs, in the order in which the signals of a row are computed. */
export const needs: readonly Need[] = [
  'answer',
  'prompt',
  'context',
  'facts',
  'reasoning',
  'tokens',
  'tokens.top',
  'choices',
  'samples',
  'otherModels',
  'stated',
  'verifiers',
  'embeddings',
  'similarities',
  'entailments',
  'features',
];

/** Whether a record has what a signal needs. Empty texts, lists and objects count as missing. */
export function isRecorded(need: Need, view: View): boolean {
  const { record } = view;
  switch (need) {
    case 'answer':
      return true;
    case 'prompt':
      return view.promptText !== '';
    case 'context':
      return record.context?.some((passage) => passage !== '') ?? false;
    case 'facts':
      return record.facts?.some((fact) => fact !== '') ?? false;
    case 'reasoning':
      return record.reasoning != null && record.reasoning !== '';
    case 'tokens':
      return view.tokens.n > 0;
    case 'tokens.top':
      return view.tokens.hasTop;
    case 'choices':
      return view.choices.n > 0;
    case 'samples':
      return record.samples != null && view.own.count > 0;
    case 'otherModels':
      return record.samples != null && view.others.count > 0;
    case 'stated':
      return record.stated != null;
    case 'verifiers':
      return record.verifiers != null && Object.keys(record.verifiers).length > 0;
    case 'embeddings':
      return hasEntry(record.embeddings);
    case 'similarities':
      return hasEntry(record.similarities);
    case 'entailments':
      return hasEntry(record.entailments);
    case 'features':
      return record.features != null && Object.keys(record.features).length > 0;
  }
}

/** Whether any name has an entry. */
function hasEntry(entries: Readonly<Record<string, unknown>> | null | undefined): boolean {
  for (const name in entries) if (entries[name] != null) return true;
  return false;
}
