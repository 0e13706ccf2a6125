/** What the rows of a fine-tuning set teach. */
export const KINDS = ['ptrue', 'idk', 'preferences'] as const;
export type TuneKind = (typeof KINDS)[number];

/** What reads the rows: the OpenAI API, TRL with PEFT, or Axolotl. */
export const FORMATS = ['openai', 'trl', 'axolotl'] as const;
export type TuneFormat = (typeof FORMATS)[number];

/** The parts of a set. All rows of a question are in one part. */
export const PARTS = ['train', 'validation', 'test'] as const;
export type TunePart = (typeof PARTS)[number];

/** Why an answer is not in the set. */
export type WhyNot =
  | 'no label'
  | 'soft label'
  | 'another model'
  | 'not temperature 0'
  | 'temperature not recorded'
  | 'empty answer'
  | 'no question'
  | 'media or tool turns'
  | 'graded right and wrong'
  | 'no answer to pair with'
  | 'same row as another'
  | 'balance'
  | 'more than rows';

/** A turn of a chat, as all formats take it. */
export interface Turn {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** One row of a set, before it is written in a format. */
export interface Example {
  /** The answer that it was made from; in a pair, the preferred one. */
  id: string;
  /** The answer that was not preferred. */
  over?: string;
  group: string;
  model: string;
  task: string;
  /** What the row says: `right` or `wrong`; `answer` or `abstain`; `answer` or `correction` (of the preferred text). */
  label: string;
  prompt: Turn[];
  target: { completion: string } | { chosen: string; rejected: string };
}

/** A point of the learning curve: questions and answers that were fitted on, and the log-loss on other questions. */
export interface TunePoint {
  questions: number;
  answers: number;
  logLoss: number;
  standardError: number;
}

/** Whether more rows would help, as a cheap predictor of correctness says it. */
export interface TuneCurve {
  /** Empty if there is no curve; `says` then has the reason. */
  points: TunePoint[];
  /** How much twice the answers would lower the log-loss, by the power law through the points; null without one. */
  gain: number | null;
  /** One sentence. */
  says: string;
}

/** How many rows of a part have this task, model and label. */
export interface TuneCount {
  part: TunePart;
  task: string;
  model: string;
  label: string;
  rows: number;
}

/** What was written. */
export interface TuneSummary {
  as: TuneKind;
  for: TuneFormat;
  /** Answers that were read. */
  answers: number;
  rows: Record<TunePart, number>;
  questions: Record<TunePart, number>;
  counts: TuneCount[];
  /** How many answers, or samples of answers, are not in the set, by the reason. */
  leftOut: Partial<Record<WhyNot, number>>;
  /** Share of rows that abstain; absent unless the kind is `idk`. */
  abstentions?: number;
  /** Null if none was asked for. */
  curve: TuneCurve | null;
  notes: string[];
}
