import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { breakable, escapeHtml, html } from '../../report/markup.js';

it('escapes text, keeps HTML, joins lists, leaves nothing out as nothing', () => {
  expect(
    html`<p title="${'a"b'}">${'<&>'}${html`<b>${1}</b>`}${['x', html`<i></i>`]}${null}${undefined}${false}</p>`.markup,
  ).toBe('<p title="a&quot;b">&lt;&amp;&gt;<b>1</b>x<i></i></p>');
  expect(escapeHtml('\u0000\ud800a\t\n')).toBe('\ufffd\ufffda\t\n');
  expect(breakable('tokens.meanEntropy<').markup).toBe('tokens.<wbr>mean<wbr>Entropy&lt;');
});

it('gives any text back from text and from attributes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const clean = text.replace(/\r/g, '').replace(/(?![\t\n])\p{Cc}|\p{Cs}/gu, '\ufffd');
      const { document } = parseHTML(
        html`<body><p title="${text.replace(/\r/g, '')}">x${text.replace(/\r/g, '')}</p></body>`.markup,
      );
      expect(document.querySelector('p')?.textContent).toBe(`x${clean}`);
      expect(document.querySelector('p')?.getAttribute('title')).toBe(clean);
    }),
  );
});
