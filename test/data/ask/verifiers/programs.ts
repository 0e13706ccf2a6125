/** A verifier command that runs a piece of JavaScript with Node.js. `input` is the record on its standard input. */
export function nodeCommand(code: string): string {
  const whole = `const input = JSON.parse(require('fs').readFileSync(0, 'utf8')); ${code}`;
  return [process.execPath, '-e', whole].map(quoted).join(' ');
}

/** One argument, in quotes. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
