import { type Question, withoutAnswer } from '../../data/ask/question.js';
import type { LoggedRecord } from '../../data/record.js';
import { writeLines } from '../../data/write/json-lines.js';
import type { Case } from '../../scorer/policy/case.js';
import type { Stage } from '../../scorer/policy/prices.js';
import type { PolicyScore } from '../../scorer/policy/row-of.js';

interface List {
  stage: string;
  file: string | null;
}

/**
 * Writes one list per stage that some question needs next: its answers, for `vouch enrich`; where another model is asked,
 * the questions, for `vouch collect`. A question keeps its group and gets an id of its own.
 */
export async function writeNeeded(
  lists: readonly List[],
  rows: readonly PolicyScore[],
  { cases, stages }: { cases: readonly Case[]; stages: readonly Stage[] },
): Promise<{ stage: string; questions: number; file: string | null }[]> {
  const needed: { stage: string; questions: number; file: string | null }[] = [];
  for (const { stage, file } of lists) {
    const wanting = cases.filter((_, i) => rows[i].next === stage);
    if (wanting.length === 0) continue;
    needed.push({ stage, questions: wanting.length, file });
    if (file === null) continue;
    const isModel = stages.find(({ name }) => name === stage)?.model !== undefined;
    const out = wanting.map((each) => (isModel ? questionOf(each, stage) : (each.first as LoggedRecord)));
    await writeLines(file, out);
  }
  return needed;
}

function questionOf({ first, group }: Case, stage: string): LoggedRecord {
  const question = withoutAnswer(first as unknown as Question);
  return { ...question, id: `${first.id}/${stage}`, group } as unknown as LoggedRecord;
}
