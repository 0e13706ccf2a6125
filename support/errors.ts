import { type ErrorCode, errors } from './errors/table.js';

export { type ErrorCode, errors };

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
