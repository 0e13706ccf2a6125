import { describe, expect, it } from 'vitest';
import { artefacts } from '../../report/evidence/artefacts.js';
import { mapping } from '../../report/evidence/mapping.js';
import { evidencePage } from '../../report/page/evidence-page.js';

const page = evidencePage();
const rows = mapping.flatMap(({ paragraphs }) => paragraphs);

describe('docs/evidence.md', () => {
  it('is what the mapping makes; -u writes it again', async () => {
    await expect(page).toMatchFileSnapshot('../../docs/evidence.md');
  });

  it('has a row for every paragraph of the mapping', () => {
    expect(page.match(/^\| (?:Art\.|Annex IV|MEASURE|A\.)/gm)).toHaveLength(rows.length);
  });
});

describe('the mapping', () => {
  it('covers the articles and points that it is about', () => {
    const numbers = rows.map(({ at }) => at).join(' ');
    for (const article of [9, 12, 13, 14, 15]) expect(numbers).toContain(`Art. ${article}(1)`);
    for (let point = 1; point <= 9; point++)
      expect(numbers).toMatch(new RegExp(`Annex IV ${point}|Annex IV 7, ${point}`));
    for (const group of [1, 2, 3, 4]) expect(numbers).toContain(`MEASURE ${group}.1`);
    expect(numbers).toContain('A.6.2.8');
  });

  it('names each paragraph once, says what it asks, and always leaves something to the deployer', () => {
    for (const { paragraphs } of mapping) {
      const names = paragraphs.map(({ at }) => at);
      expect(new Set(names).size).toBe(names.length);
    }
    for (const { asks, remains } of rows) {
      expect(asks).toMatch(/^\S.*\.$/);
      expect(remains).toMatch(/^\S.*\.$/);
    }
  });

  it('claims no compliance, gives no dates, and says against what its numbers were checked', () => {
    const words = JSON.stringify(mapping);
    expect(words).not.toMatch(/compl(y|iant|ies)\b|conforms|fulfil|\b\d{1,2} (August|December|February) 20/i);
    expect(words).not.toMatch(/20\d\d-\d\d-\d\d/);
    for (const { checked } of mapping) expect(checked).toMatch(/checked against/);
    expect(page).toContain('not a statement of compliance');
  });

  it('uses every artefact at least once', () => {
    const used = new Set(rows.flatMap(({ by }) => by));
    expect(artefacts.map(({ key }) => key).filter((key) => !used.has(key))).toEqual([]);
  });
});
