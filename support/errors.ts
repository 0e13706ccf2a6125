/**
 * The table of coded errors. Every failure that a user can cause or see has one row here: a stable code, its meaning,
 * and the exit status of the command line (1 bad input or failed gate, 2 wrong usage).
 */
export const errors = {
  BAD_JSON: { means: 'a line is not JSON', exit: 1 },
  BAD_RECORD: { means: 'a field of an answer has the wrong type or is out of range', exit: 1 },
  BAD_LABEL: { means: 'a label or grade cannot be read or is outside 0..1', exit: 1 },
  BAD_CSV: { means: 'a CSV file cannot be parsed or lacks a column', exit: 1 },
  BAD_PARQUET: { means: 'a Parquet file cannot be read or lacks a column', exit: 1 },
  UNKNOWN_FORMAT: { means: 'the format of a file cannot be detected from its name or content', exit: 1 },
  DUPLICATE_ID: { means: 'two answers have the same id', exit: 1 },
  NO_ANSWERS: { means: 'the input has no usable answer', exit: 1 },
  NO_LABELS: { means: 'the input has no labelled answer', exit: 1 },
  ONE_CLASS: { means: 'all labels are the same, so there is nothing to learn', exit: 1 },
  TOO_FEW_LABELS: { means: 'too few labelled answers or groups to fit and certify', exit: 1 },
  ONE_GROUP: { means: 'all answers belong to one group, so they cannot be split by question', exit: 1 },
  NO_SIGNALS: { means: 'no signal varies between the answers', exit: 1 },
  FILE_MISSING: { means: 'a file or folder does not exist', exit: 1 },
  FILE_UNREADABLE: { means: 'a file exists but cannot be read', exit: 1 },
  OUT_UNWRITABLE: { means: 'the output cannot be written', exit: 1 },
  OUT_EXISTS: { means: 'the output exists and contains something else', exit: 1 },
  DISK_FULL: { means: 'the disk is full', exit: 1 },
  BUNDLE_DAMAGED: { means: 'a file of the bundle is missing or differs from its hash', exit: 1 },
  BUNDLE_NEWER: { means: 'the bundle was written by a newer version', exit: 1 },
  BUNDLE_BAD: { means: 'the folder is not a bundle, or the bundle does not fit its use', exit: 1 },
  BUNDLE_UNTRUSTED: { means: 'the bundle is not signed by a trusted key', exit: 1 },
  BUNDLE_PLUGIN: { means: 'the bundle needs a plug-in that was not given, or a different one was given', exit: 1 },
  PLUGIN_BAD: { means: 'a plug-in cannot be loaded', exit: 1 },
  PLUGIN_FAILED: { means: 'a plug-in threw an error, or gave a value that it may not give', exit: 1 },
  RESUME_MISMATCH: { means: 'the output of the earlier run does not fit this input, bundle or options', exit: 1 },
  BACKEND_UNAVAILABLE: { means: 'the requested compute backend is not available here', exit: 1 },
  ENDPOINT_FAILED: { means: 'an endpoint refused, failed or timed out', exit: 1 },
  BAD_REQUEST: { means: 'a request does not follow the protocol', exit: 1 },
  NOT_ALLOWED: { means: 'a request has no key, or a wrong one', exit: 1 },
  NOT_FOUND: { means: 'the service does not have this path, model or version', exit: 1 },
  TOO_LARGE: { means: 'a request is larger than the service accepts', exit: 1 },
  TOO_MANY: { means: 'a client sends more requests than the service accepts from one client', exit: 1 },
  BUSY: { means: 'the service handles as many requests as it can, or is not ready', exit: 1 },
  TIMED_OUT: { means: 'a request took longer than the service allows', exit: 1 },
  CANNOT_LISTEN: { means: 'the service cannot listen at this address', exit: 1 },
  GATE_FAILED: { means: 'a required condition was not met', exit: 1 },
  INTERRUPTED: { means: 'the run was interrupted', exit: 1 },
  BAD_USAGE: { means: 'the command was called wrongly', exit: 2 },
} as const;

export type ErrorCode = keyof typeof errors;

/** Where an error is and what was expected there. Every part is optional and printed when present. */
export interface ErrorDetail {
  file?: string;
  line?: number;
  field?: string;
  expected?: string;
  got?: unknown;
  hint?: string;
  cause?: unknown;
}

/** The one error class. `message` reads `file:line: field "x": what (expected …, got …). hint [VOUCH_CODE]`. */
export class VouchError extends Error {
  readonly code: ErrorCode;
  readonly what: string;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, what: string, detail: ErrorDetail = {}) {
    super(describe(code, what, detail), { cause: detail.cause });
    this.name = 'VouchError';
    this.code = code;
    this.what = what;
    this.detail = detail;
  }

  get exit(): number {
    return errors[this.code].exit;
  }

  /** The same error with its place added. What the error already knows of its place is kept. */
  at(file: string | undefined, line?: number): VouchError {
    const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
    return new VouchError(this.code, this.what, { ...place, ...this.detail });
  }
}

function describe(code: ErrorCode, what: string, detail: ErrorDetail): string {
  const place =
    detail.file === undefined ? '' : `${detail.file}${detail.line === undefined ? '' : `:${detail.line}`}: `;
  const field = detail.field === undefined ? '' : `field "${detail.field}": `;
  const facts = [
    detail.expected === undefined ? '' : `expected ${detail.expected}`,
    'got' in detail ? `got ${show(detail.got)}` : '',
  ].filter((part) => part !== '');
  const expectation = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  const hint = detail.hint === undefined ? '' : ` ${detail.hint}`;
  return `${place}${field}${what}${expectation}.${hint} [VOUCH_${code}]`;
}

/** A value as errors show it: JSON, at most 80 characters. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    // String() would recurse too
    text = Array.isArray(value) ? 'a list nested too deeply to show' : 'an object that cannot be shown';
  }
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
