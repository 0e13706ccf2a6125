import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askDefaults } from '../../../data/ask/options.js';
import { questionText, truthMessages } from '../../../data/ask/requests/judging.js';
import { readAnswers } from '../../../examples/make/read-answers.js';

/** What a line of Python says about `input`, with the programs of the recipe at hand. */
function python(expression: string, input: unknown): unknown {
  const code = `import json, sys\nimport probe, sets\ngiven = json.load(sys.stdin)\nprint(json.dumps(${expression}))`;
  const env = { ...process.env, PYTHONPATH: 'examples/calibration-tuning', PYTHONDONTWRITEBYTECODE: '1' };
  return JSON.parse(execFileSync('python3', ['-c', code], { input: JSON.stringify(input), env, encoding: 'utf8' }));
}

describe('probe.py', () => {
  it('asks in the words of vouch tune export and vouch enrich --ptrue', () => {
    const shipped = readAnswers('examples/smollm2.jsonl.gz').filter((_, i) => i % 50 === 0);
    const two = { id: 'two', prompt: 'Who?', answer: 'Ann', context: ['Ann sings.', 'Ben {prompt} reads.'] };
    const records = [...shipped, two].map(({ id, prompt, context, answer }) => ({ id, prompt, context, answer }));
    const wanted = records.map((record) => {
      const text = questionText(record, askDefaults.contextTemplate);
      return truthMessages(text, record.answer!, { examples: false })[0].content;
    });
    expect(records.filter(({ context }) => context != null).length).toBeGreaterThan(5);
    expect(python('[probe.probe(each) for each in given]', records)).toEqual(wanted);
  });
});

describe('sets.py', () => {
  const rows = ['a', 'b', 'a', 'c', 'b', 'd'].map((group, i) => ({ id: `${i}`, group }));

  it('draws whole questions, and a longer list begins with the shorter one', () => {
    const sizes = [6, 0, 1, 2, 3, 4, 5];
    const drawn = python('[sets.by_question(given["rows"], 1, most) for most in given["sizes"]]', { rows, sizes });
    const [all, ...parts] = (drawn as (typeof rows)[]).map((part) => part.map(({ id }) => id));
    expect([...all].sort()).toEqual(['0', '1', '2', '3', '4', '5']);
    parts.forEach((few, most) => {
      expect(few.length).toBeGreaterThanOrEqual(most);
      expect(all.slice(0, few.length)).toEqual(few);
      const groups = new Set(few.map((id) => rows[Number(id)].group));
      expect(few.length).toBe(rows.filter(({ group }) => groups.has(group)).length);
    });
  });

  it('reads what vouch tune export wrote, and holds out validation and test', () => {
    const dir = mkdtempSync(join(tmpdir(), 'vouch-recipe-'));
    const parts = { train: ['x', 'y'], validation: ['z'], test: ['w'] };
    const index: string[] = [];
    for (const [part, ids] of Object.entries(parts)) {
      const row = (id: string) => JSON.stringify({ prompt: [{ role: 'user', content: id }], completion: [] });
      writeFileSync(join(dir, `${part}.jsonl`), ids.map((id) => `${row(id)}\n`).join(''));
      for (const id of ids) index.push(JSON.stringify({ part, id, group: `question ${id}` }));
    }
    writeFileSync(join(dir, 'index.jsonl'), `${index.join('\n')}\n`);
    const ids = python('[[each["id"] for each in f(given, 1)] for f in (sets.train_rows, sets.held_out_rows)]', dir);
    expect((ids as string[][]).map((each) => each.sort())).toEqual([
      ['x', 'y'],
      ['w', 'z'],
    ]);
    rmSync(dir, { recursive: true });
  });
});
