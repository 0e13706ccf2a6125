import { describe, expect, it } from 'vitest';
import { readLogged } from '../../../../../data/read/answers.js';
import { detect } from '../../../../../data/read/formats/detect.js';
import { logFormats } from '../../../../../data/read/formats/list.js';
import { exampleValues, formatsPage } from '../../../../../data/read/formats/page/document.js';
import { newSummary } from '../../../../../data/read/summary.js';
import { temporary } from '../../../temporary.js';

const { put } = temporary();

describe('docs/formats.md', () => {
  it('is generated from the list of formats; -u updates it', async () => {
    await expect(formatsPage()).toMatchFileSnapshot('../../../../../docs/formats.md');
  });

  it.each(logFormats.map((format) => [format.name, format] as const))(
    '%s: the example is short, is detected as that format, and gives records',
    async (name, format) => {
      expect(format.example.trim().split('\n').length).toBeLessThanOrEqual(5);
      for (const value of exampleValues(format)) expect(detect(value)?.format.name).toBe(name);
      const summary = newSummary();
      let records = 0;
      for await (const batch of readLogged([put(`${name}.jsonl`, format.example)], { badLines: 'stop', summary }))
        records += batch.records.length;
      expect(records).toBeGreaterThan(0);
      expect([...new Set(summary.formats.map((found) => found.format))]).toEqual([name]);
      expect(format.mapping.length).toBeGreaterThan(0);
      expect(format.source).toMatch(/\d/);
    },
  );
});
