import type { ArtefactKey } from './artefacts.js';

/** One paragraph of a law, a framework or a standard. */
export interface MappedParagraph {
  /** Its number, as the text itself counts. */
  at: string;
  /** What it asks, in our own short words. */
  asks: string;
  /** What an evidence folder has on it; empty: nothing. */
  by: readonly ArtefactKey[];
  /** What remains with the people who build and run the system. */
  remains: string;
}

export interface Framework {
  id: string;
  name: string;
  /** Which text the numbers were checked against, and what could not be checked. */
  checked: string;
  paragraphs: readonly MappedParagraph[];
}
