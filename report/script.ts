/**
 * Opens folded tables for printing and sorts a table when a column head is clicked. The page is readable without it.
 */
export const script = `
'use strict';
addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
const value = (row, k) => row.cells[k].firstChild ? row.cells[k].firstChild.textContent.trim() : '';
const number = (text) => { const x = parseFloat(text.replace(/[\\u2212]/g, '-').replace(/[^0-9.eE+-]/g, '')); return Number.isNaN(x) ? -Infinity : x; };
for (const table of document.querySelectorAll('table:not(.forest)')) {
  const body = table.tBodies[0];
  if (!body || body.rows.length < 4) continue;
  [...table.tHead.rows[0].cells].forEach((head, k) => {
    if (head.classList.contains('picture')) return;
    const button = document.createElement('button');
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') !== 'descending';
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const sign = down ? -1 : 1;
      const numeric = head.classList.contains('number');
      const rows = [...body.rows].sort((a, b) => numeric
        ? sign * (number(value(a, k)) - number(value(b, k)) || 0)
        : -sign * value(a, k).localeCompare(value(b, k)));
      body.append(...rows);
    });
  });
}
`;
