/**
 * The page's whole style: quiet type, blue for vouch, orange for before, purple for errors (told apart by all kinds of
 * sight).
 */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --panel: #f4f1ea; --ink: #1d2024; --muted: #5c626b; --line: #ddd8ce;
  --vouch: #1c62ad; --before: #b45309; --wrong: #8f3585; --faint: #cfd9e6; --flag: #f6e3f2; --good: #dfeaf7;
  --shade: #1d202433;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Charter, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --panel: #1d2127; --ink: #e9e6e0; --muted: #a3a9b2; --line: #343a43;
    --vouch: #7fb5f3; --before: #f0a35b; --wrong: #dd9ad4; --faint: #2e4159; --flag: #482a43; --good: #20364f;
  --shade: #000000aa;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.55 var(--serif);
  overflow-wrap: break-word; }
main { max-width: 68rem; margin: 0 auto; padding: 3rem 1.5rem 6rem; counter-reset: section; }
p { max-width: 44rem; margin: 0 0 1rem; text-wrap: pretty; }
a { color: var(--vouch); text-underline-offset: .15em; }
code { font: .88em var(--mono); overflow-wrap: anywhere; }
small { font-size: .82rem; color: var(--muted); font-weight: 400; }
.eyebrow time { white-space: nowrap; }
.eyebrow { font: .85rem var(--sans); letter-spacing: .02em; color: var(--muted); margin-bottom: 1.25rem;
  overflow-wrap: anywhere; }
h1 { font-size: clamp(1.75rem, 1.2rem + 2.4vw, 2.9rem); line-height: 1.14; font-weight: 600; letter-spacing: -.012em;
  margin: 0 0 1.5rem; max-width: 54rem; text-wrap: balance; }
.lead { margin-bottom: .35rem; color: var(--muted); }
.lead:first-of-type { color: var(--ink); }
section { margin-top: 4.5rem; counter-increment: section; scroll-margin-top: 1rem; }
h2 { font-size: 1.7rem; line-height: 1.2; font-weight: 600; letter-spacing: -.008em; margin: 0 0 .8rem;
  text-wrap: balance; }
h2::before { content: counter(section); color: var(--muted); font-weight: 400; margin-right: .6em; }
h3 { font: 600 .98rem/1.35 var(--sans); margin: 0 0 .5rem; overflow-wrap: anywhere; }
.note, figcaption, .files { font: .88rem/1.5 var(--sans); color: var(--muted); }
.scroll + .note, .compare + .note { margin-top: .7rem; }
.empty { color: var(--muted); font-style: italic; }

nav { display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; margin-top: 2.5rem; padding: .8rem 0;
  border-block: 1px solid var(--line); font: .88rem var(--sans); counter-reset: entry; }
nav a { color: var(--ink); text-decoration: none; counter-increment: entry; }
nav a::before { content: counter(entry) " "; color: var(--muted); }
nav a:hover { color: var(--vouch); text-decoration: underline; }

.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1px; margin: 2.25rem 0 0; background: var(--line);
  border-block: 1px solid var(--line); font-family: var(--sans); }
.tile { display: flex; flex-direction: column; justify-content: space-between; gap: .4rem; background: var(--paper);
  padding: 1rem 1rem 1rem 0; }
.tile + .tile { padding-left: 1rem; }
.tile dt { font-size: .88rem; line-height: 1.3; }
.tile dt small { display: block; }
.tile dd { margin: 0; font-variant-numeric: tabular-nums; }
.tile b { display: block; font-size: 1.9rem; line-height: 1.15; font-weight: 600; color: var(--vouch);
  letter-spacing: -.01em; }
.tile span { display: block; font-size: .84rem; color: var(--muted); }
.tile .was { color: var(--before); font-weight: 600; }

figure { margin: 1.5rem 0 0; min-width: 0; }
figcaption { margin-top: .5rem; max-width: 44rem; }
.lines { display: block; color: var(--ink); margin-bottom: .3rem; }
.line { display: inline-block; width: 1.9em; border-top: 2.5px solid var(--vouch); margin: 0 .4em .25em 0; }
.line + .line, .lines .line:not(:first-child) { margin-left: .9em; }
.line.before { border-top: 2.5px dashed var(--before); } .line.oracle { border-top: 2px dotted var(--ink); }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem 2.5rem; align-items: start; }
.chart { display: block; width: 100%; height: auto; max-width: 36rem; overflow: visible; font: 13px var(--sans);
  font-variant-numeric: tabular-nums; }
.chart text { white-space: pre; }
figure.beside { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2.5rem; align-items: center; }
  figure.beside h3 { grid-column: 1 / -1; }
.chart [aria-label$="tick"] { stroke: var(--line); }
.chart [aria-label$="tick label"], .chart [aria-label$="axis label"] { fill: var(--muted); }
.chart [aria-label$="grid"] { stroke: var(--line); stroke-opacity: 1; }
.key { display: inline-block; width: .72em; height: .72em; border-radius: 2px; margin: 0 .35em 0 0;
  background: var(--ink); }
.key.vouch { background: var(--vouch); } .key.before { background: var(--before); }
  .key.wrong { background: var(--wrong); margin-left: .5em; }

.scroll {
  background: linear-gradient(to left, var(--paper) 30%, transparent) right / 2.5rem 100% no-repeat local,
  linear-gradient(to left, var(--shade), transparent) right / .9rem 100% no-repeat scroll;
  overflow-x: auto; margin: 1.25rem 0 0; border-block: 1px solid var(--line); }
.scroll:focus-visible, summary:focus-visible, th button:focus-visible { outline: 2px solid var(--vouch);
  outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font: .9rem/1.35 var(--sans); }
caption { text-align: left; font-weight: 600; padding: .65rem 0 .45rem; }
caption span { position: sticky; left: 0; display: inline-block; max-width: min(60rem, 100vw - 2rem); }
th, td { padding: .42rem .85rem .42rem 0; text-align: left; vertical-align: baseline;
  border-top: 1px solid var(--line); }
thead th { font-weight: 500; font-size: .82rem; color: var(--muted); vertical-align: bottom; }
tbody th { font-weight: 500; min-width: 11rem; max-width: 22rem; overflow-wrap: anywhere; position: sticky; left: 0;
  background: var(--paper); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .number { white-space: normal; min-width: 4.2rem; }
td small, th small { display: block; }
.picture { min-width: 8.5rem; width: 22%; vertical-align: top; }
.forest .picture { width: 38%; }
.own th, .own td { background: var(--good); } .own th { padding-left: .5rem; }
.off th { background: var(--paper); }
tr.group th { padding-top: 1rem; font-weight: 600; max-width: none; }
  tr.group small { display: inline; margin-left: .5em; }
mark { font: 600 .76rem var(--sans); padding: .08em .5em; border-radius: 99px; background: var(--flag);
  color: var(--ink); white-space: nowrap; }
mark.good { background: var(--vouch); color: var(--paper); } mark.bad { background: var(--wrong); color: var(--paper); }
th button { all: unset; cursor: pointer; } th button:hover { color: var(--ink); }
th[aria-sort=descending] button::after { content: " ↓"; } th[aria-sort=ascending] button::after { content: " ↑"; }

.strip { display: block; width: 100%; height: 1.22rem; overflow: visible; }
.strip .span { stroke-width: 3; stroke-linecap: round; opacity: .45; } .strip .rule { stroke-width: 1; }
  .strip .tick { stroke-width: 2; }
.strip .ring { fill: var(--paper); stroke-width: 2; }
.strip line.vouch, .strip .ring.vouch { stroke: var(--vouch); }
  .strip .dot.vouch, .strip .bar.vouch { fill: var(--vouch); }
.strip line.before, .strip .ring.before { stroke: var(--before); } .strip .dot.before { fill: var(--before); }
.strip line.wrong, .strip .ring.wrong { stroke: var(--wrong); } .strip .dot.wrong { fill: var(--wrong); }
.strip line.muted, .strip .ring.muted { stroke: var(--muted); }
  .strip .dot.muted, .strip .bar.muted { fill: var(--muted); }
.strip line.ink { stroke: var(--ink); } .strip .bar.faint { fill: var(--faint); }
  .strip .rule.muted { stroke: var(--line); }

#mistakes tbody th { min-width: 9rem; }
  .pull { display: inline-block; min-width: 3.4em; font-variant-numeric: tabular-nums; text-align: right; }
  td small.was { display: inline; } td > div + div { margin-top: .4rem; }
.texts { margin: .35rem 0 0; font-weight: 400; font-size: .82rem; line-height: 1.4; overflow-wrap: anywhere; }
  .texts dt { color: var(--muted); float: left; clear: left; margin-right: .5em; } .texts dd { margin: 0 0 .2rem; }
details { margin-top: 1rem; font-family: var(--sans); }
  summary { cursor: pointer; font-size: .92rem; color: var(--vouch); }
.parts { display: flex; gap: 3px; margin: 1.5rem 0 1rem; }
.part { flex: var(--share) 1 0; min-width: 15rem; padding: 1rem; background: var(--panel);
  border-top: 6px solid var(--muted); font: .92rem/1.5 var(--sans); }
.part.certify { border-color: var(--vouch); } .part h3 { font-size: 1.05rem; } .part p { margin: .35rem 0 0; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: 1rem; margin: 1.5rem 0;
  font-family: var(--sans); }
.facts dt { font-size: .84rem; color: var(--muted); }
  .facts dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; } .facts small { display: block; }
.alarm { margin: 0 0 1.5rem; padding: .9rem 1.1rem; border-left: 6px solid var(--wrong); background: var(--flag);
  max-width: 54rem; font: .98rem/1.5 var(--sans); overflow-wrap: anywhere; } .alarm p { max-width: none; margin: 0; }
  .alarm p + p { margin-top: .5rem; } h3.after { margin-top: 2.2rem; }
  .alarm strong { color: var(--wrong); margin-right: .6em; }
.warnings { margin: 0 0 1rem; padding: .9rem 1rem .9rem 2.1rem; background: var(--flag); max-width: 48rem;
  overflow-wrap: anywhere; } .warnings li + li { margin-top: .5rem; }
.files { overflow-wrap: anywhere; max-width: none; }
.entries { margin: 0 0 1.25rem; max-width: 54rem; font: .95rem/1.5 var(--sans); border-bottom: 1px solid var(--line); }
  .entries > div { display: grid; grid-template-columns: minmax(9rem, 14rem) minmax(0, 1fr); gap: 0 1.25rem;
  padding: .4rem 0; border-top: 1px solid var(--line); }
  .entries dt { color: var(--muted); } .entries dd { margin: 0; overflow-wrap: anywhere; }
  .absent { color: var(--muted); font-size: .9em; } #mapping code { white-space: nowrap; }
  .entries.open dd { min-height: 2.2rem; } section ul { max-width: 48rem; } section li { margin-bottom: .35rem; }

@media (max-width: 64rem) { .chart { font-size: 15px; } }
@media screen and (max-width: 46rem) {
  body { font-size: 16px; }
  main { padding: 1.5rem 1rem 4rem; }
  section { margin-top: 3.25rem; }
  .pair, figure.beside { grid-template-columns: minmax(0, 1fr); }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .tile, .tile + .tile { padding: .9rem; } .tile:nth-child(odd) { padding-left: 0; }
  .tile b { font-size: 1.6rem; }
  .entries > div { grid-template-columns: minmax(0, 1fr); } #mapping td { min-width: 9.5rem; }
  .parts { flex-direction: column; } .part { min-width: 0; }
  td:last-child:not(.number, .picture) { min-width: 11rem; }
  tbody th { min-width: 6.5rem; max-width: 36vw; } th, td { padding-right: .65rem; }
  #signals tbody th { min-width: 9rem; max-width: 44vw; }
  .picture, .forest .picture { min-width: 6.5rem; width: auto; } .says, .compare .picture { display: none; }
  .compare th[scope=row] { max-width: none; }
  .chart { font-size: 12px; }
}
@media (max-width: 32rem) { .chart { font-size: 15px; } }
@media print {
  :root { --paper: #fff; --panel: #f5f5f5; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  html { font-size: 9pt; } body { font-size: 10.5pt; }
  main, p, figcaption { max-width: none; } main { padding: 0; }
  a { color: inherit; text-decoration: none; }
  nav { display: none; }
  section { margin-top: 2rem; }
  #signals, #mistakes, #suspects { break-before: page; }
  figure, tr, .tile, .part, .entries > div, .alarm, .warnings { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; } thead { display: table-header-group; }
  .pair, figure.beside { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .tiles { grid-template-columns: repeat(4, 1fr); }
  .scroll { overflow: visible; background: none; }
  table { font-size: 8pt; } th, td { padding-right: .5rem; }
  tbody th { position: static; min-width: 0; max-width: none; } .number { white-space: normal; }
  thead .number { min-width: 0; } .picture, .forest .picture { min-width: 3.5rem; width: 14%; }
  code { overflow-wrap: anywhere; }
  details::details-content { content-visibility: visible; height: auto; }
  summary { color: var(--ink); list-style: none; }
  @page { margin: 16mm 14mm; }
}
`;
