import { describe, expect, it } from 'vitest';
import { groupMaker } from '../../../data/group/maker.js';
import { readAnswers } from '../../../data/read/answers.js';

async function groupsOf(...files: string[]) {
  const maker = groupMaker();
  for await (const { records } of readAnswers(files, {})) for (const record of records) maker.add(record);
  return maker.finish();
}

describe('200 questions that share their last message', () => {
  it.each(['images', 'turns'])('are 200 groups: other %s', async (what) => {
    const file = `test/cases/26-same-last-message/${what}.jsonl`;
    const { groups, made, notes } = await groupsOf(file);
    expect(new Set(groups).size).toBe(200);
    expect([groups.length, made.turns, notes]).toEqual([200, 200, []]);
  });
});
