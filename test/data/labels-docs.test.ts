import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gradeOf } from '../../data/grade.js';
import { LABEL_COLUMNS } from '../../data/grades/grade-columns.js';
import { HUMAN_SOURCES } from '../../data/label-sources.js';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/labels.md'), 'utf8');

describe('docs/labels.md', () => {
  it('lists the sources that are people, all of them and no other', () => {
    const sentence = /^These sources mean people.*?`human:NAME`/ms.exec(page)?.[0] ?? '';
    const listed = [...sentence.slice(sentence.indexOf(':')).matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    expect(listed.slice(0, -1).sort()).toEqual([...HUMAN_SOURCES].sort());
  });

  it('lists the columns of a grade, and the words as they are read', () => {
    for (const name of LABEL_COLUMNS) expect(page).toContain(`\`${name}\``);
    const rows = [...page.matchAll(/^\| (1, true.*|up,.*) \| (.*) \|$/gm)];
    expect(rows).toHaveLength(2);
    for (const [, right, wrong] of rows) {
      expect(right.split(', ').map(gradeOf)).toEqual(right.split(', ').map(() => 1));
      expect(wrong.split(', ').map(gradeOf)).toEqual(wrong.split(', ').map(() => 0));
    }
  });
});
