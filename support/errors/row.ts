/** What an error is about; docs/errors.md has one section for each. */
export type ErrorTopic = 'answers' | 'training' | 'files' | 'bundle' | 'service' | 'store' | 'run';

/** One coded error. */
export interface ErrorRow {
  topic: ErrorTopic;
  /** What happened. */
  means: string;
  /** What a user can do, in one or two sentences. */
  remedy: string;
  /** Exit status of the command line: 1 bad input or failed check, 2 wrong usage. */
  exit: 1 | 2;
  /** Status of the HTTP response; absent: a request cannot cause this error. */
  http?: number;
}
