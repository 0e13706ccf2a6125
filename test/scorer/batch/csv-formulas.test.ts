import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnswers } from '../../../data/read/answers.js';
import { formulaSafe, plainText } from '../../../data/write/formula-text.js';
import { writeTable } from '../../../features/write/write-table.js';
import { csv } from '../../../scorer/batch/out/csv.js';
import { type ScoreJob, scoreAnswers } from '../../../scorer/batch/score-answers.js';
import { openScorer } from '../../../scorer/open.js';
import type { Scorer } from '../../../scorer/scorer.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-formulas-'));
const at = (name: string) => join(dir, name);
const ids = ['=1+1', '+1', '-2', '@SUM(A1)', '\ttab', "'=quoted", "''+twice", "'plain", 'q1', '=HYPERLINK("x")'];
const records = ids.map((id) => ({
  id,
  group: id,
  model: id,
  answer: 'word',
  tokens: [{ token: 'word', logprob: -9 }],
}));
let scorer: Scorer;

beforeAll(async () => {
  await writeTinyBundle(at('bundle'));
  scorer = await openScorer(at('bundle'));
  writeFileSync(at('in.jsonl'), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
});
afterAll(async () => {
  await scorer.close();
  rmSync(dir, { recursive: true });
});

const run = (job: Partial<ScoreJob>) =>
  scoreAnswers(scorer, { files: [at('in.jsonl')], read: {}, out: at('out.csv'), vouch: '1', ...job });
const rowsOf = (path: string): Record<string, string>[] => parse(readFileSync(path), { columns: true });

describe('texts of CSV that a spreadsheet would run', () => {
  it('are read back unchanged, and none begins with = + - @ in the file', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("'", '=', '+', '-', '@', '\t', 'a', '1')), (signs) => {
        const text = signs.join('');
        expect(plainText(formulaSafe(text))).toBe(text);
        expect(formulaSafe(text)).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it("get a ' in front in scores, numbers never, and --raw-csv changes nothing", async () => {
    await run({});
    const rows = rowsOf(at('out.csv'));
    expect(rows.map(({ id }) => id)).toEqual(ids.map(formulaSafe));
    expect(rows.every(({ id }) => !/^[=+\-@\t]/.test(id))).toBe(true);
    const encoder = csv.open({ reasons: false });
    const score = { ...(await scorer.score(records[0])), logit: -1.5 };
    expect(encoder.block([encoder.part([score])], 1).toString()).toMatch(/^'=1\+1,.*,-1\.5,/);
    await run({ rawCsv: true });
    expect(rowsOf(at('out.csv')).map(({ id }) => id)).toEqual(ids);
  });

  it('work as ids: a table of signals and grades still join the answers', async () => {
    async function* batches() {
      for await (const batch of readAnswers([at('in.jsonl')], {})) yield batch.records;
    }
    await writeTable(at('signals.csv'), batches, {});
    expect(rowsOf(at('signals.csv'))[0].id).toBe("'=1+1");
    const rows = rowsOf(at('signals.csv')).map(({ id }, i) => `"${id.replaceAll('"', '""')}",${i % 2}`);
    writeFileSync(at('grades.csv'), `id,label\n${rows.join('\n')}\n`);
    const labels: unknown[] = [];
    for await (const batch of readAnswers([at('in.jsonl')], { labels: at('grades.csv'), on: 'id' })) {
      labels.push(...batch.records.map((record) => [record.id, record.labels?.[0].value]));
    }
    expect(labels).toEqual(ids.map((id, i) => [id, i % 2]));
  });
});

describe('--bad', () => {
  it('that is --out or one of its partial files is a usage error, and nothing is changed', async () => {
    writeFileSync(at('kept.csv'), 'kept');
    for (const bad of ['kept.csv', 'kept.csv.partial', 'kept.csv.partial.jsonl', './kept.csv']) {
      await expect(run({ out: at('kept.csv'), bad: `${dir}/${bad}` })).rejects.toMatchObject({
        code: 'BAD_USAGE',
        detail: { field: 'badFile' },
      });
    }
    await expect(run({ out: at('new.csv'), bad: at('new.csv') })).rejects.toMatchObject({ code: 'BAD_USAGE' });
    expect(readFileSync(at('kept.csv'), 'utf8')).toBe('kept');
  });
});
