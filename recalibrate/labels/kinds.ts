/** A label that chance decided to ask for. */
export interface DrawnLabel {
  /** 1 right, 0 wrong, or a share in between. */
  value: number;
  /** The chance with which the answer was drawn, 0 to 1. */
  chance: number;
}

/** What is known about how the labels came about. */
export interface LabelSources {
  /** Drawn labels by the id of the answer. */
  drawn: ReadonlyMap<string, DrawnLabel>;
  /** The chances with which the other labels were given, as far as they can be estimated; null: all count the same. */
  chances: ReadonlyMap<string, number> | null;
  /** Drawn answers without a label. */
  missing: number;
  /** Labels whose estimated chance was raised to the least one. */
  clipped: number;
}
