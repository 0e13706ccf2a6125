import { basename } from 'node:path';

/** The id of an answer that has none: its file and line, `answers.jsonl:17`; `record:17` if it is in no file. */
export function madeId(file: string | undefined, line: number | undefined): string {
  return `${file === undefined ? 'record' : basename(file)}:${line ?? 1}`;
}

/** Whether an id is the one that an answer at this place got because it had none. A line may have several answers. */
export function isMadeId(id: string, { file, line }: { file: string; line: number }): boolean {
  const made = madeId(file, line);
  return id === made || id.startsWith(`${made}/`);
}
