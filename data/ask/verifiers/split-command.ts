import { VouchError } from '../../../support/errors.js';

/**
 * The program and its arguments in a command. Spaces separate; quotes of either kind keep a part together; a backslash
 * before a space, a quote or a backslash makes it plain (other backslashes stay, so that Windows paths need no care).
 * No shell reads the command: `$`, `*`, `|` and `>` mean nothing. Error: BAD_USAGE for an open quote or an empty command.
 */
export function splitCommand(text: string): string[] {
  const parts: string[] = [];
  let part: string | null = null;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\' && /[\s"'\\]/.test(text[i + 1] ?? '')) part = (part ?? '') + text[++i];
    else if (quote !== '') {
      if (c === quote) quote = '';
      else part = (part ?? '') + c;
    } else if (c === '"' || c === "'") {
      quote = c;
      part ??= '';
    } else if (/\s/.test(c)) {
      if (part !== null) parts.push(part);
      part = null;
    } else part = (part ?? '') + c;
  }
  if (part !== null) parts.push(part);
  if (quote !== '' || parts.length === 0 || parts[0] === '') {
    const what = quote === '' ? 'the command names no program' : 'the command has a quote that does not end';
    throw new VouchError('BAD_USAGE', what, { field: '--verifier-command', got: text });
  }
  return parts;
}
