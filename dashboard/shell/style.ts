import { style as report } from '../../report/style.js';

/** The style of the report, and what only the dashboard has. */
export const dashboardStyle = `${report}
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem; z-index: 2; }
header.bar { border-bottom: 1px solid var(--line); background: var(--panel); font-family: var(--sans); }
header.bar > div { max-width: 68rem; margin: 0 auto; padding: .6rem 1.5rem; display: flex; flex-wrap: wrap;
  align-items: center; gap: .3rem 1.4rem; }
header.bar strong { font-size: 1rem; }
header.bar nav { margin: 0; padding: 0; border: 0; gap: .1rem .9rem; font-size: .95rem; counter-reset: none; }
header.bar nav a { padding: .45rem .1rem; } header.bar nav a::before { content: none; }
header.bar form { margin-left: auto; }
nav a[aria-current] { color: var(--vouch); font-weight: 600; text-decoration: underline; text-decoration-thickness: 2px;
  text-underline-offset: .35em; }
.board { padding-top: 1.75rem; }
.board h1 { font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2.1rem); margin-bottom: .6rem; }
.board section { margin-top: 2.75rem; } .board h2 { font-size: 1.35rem; } .board h2::before { content: none; }
nav.periods { margin: .8rem 0 1.4rem; padding: .2rem 0; } nav.periods a { padding: .45rem .1rem; }
nav.periods a::before { content: none; }
.tiles.two { grid-template-columns: repeat(2, 1fr); max-width: 34rem; }
time { white-space: nowrap; }
.line.expected { border-top: 2.5px dashed var(--before); } .line.target { border-top: 2.5px dashed var(--wrong); }
.key.muted { background: var(--muted); } .key.faint { background: var(--faint); outline: 1px solid var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0 0 .4rem; padding: 0; list-style: none;
  font: .88rem/1.5 var(--sans); } .legend .key { margin-left: 0; }
.state { font-weight: 600; } .state.broken { color: var(--wrong); } .state.holds, .state.recovered { color: var(--vouch); }
ul.alerts { padding-left: 1.2rem; max-width: 48rem; } ul.alerts li + li { margin-top: .4rem; }
pre { font: .86rem/1.5 var(--mono); background: var(--panel); padding: .8rem 1rem; overflow-x: auto; max-width: 54rem; }
button, .button, input { font: 1rem/1.3 var(--sans); color: var(--ink); }
button, .button { min-height: 2.75rem; padding: .5rem 1.1rem; border: 1px solid var(--muted); border-radius: .4rem;
  background: var(--paper); cursor: pointer; text-decoration: none; display: inline-flex; align-items: center; justify-content: center; }
th button { min-height: 0; border: 0; }
button:hover, .button:hover { border-color: var(--vouch); color: var(--vouch); }
a:focus-visible, button:focus-visible, input:focus-visible, pre:focus-visible { outline: 3px solid var(--vouch); outline-offset: 2px; }
button.quiet { min-height: 2.2rem; padding: .25rem .7rem; font-size: .88rem; }
button.main { background: var(--vouch); border-color: var(--vouch); color: var(--paper); }
button.main:hover { color: var(--paper); outline: 2px solid var(--vouch); outline-offset: 2px; }
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: .8rem 1.5rem; font-family: var(--sans); }
.pairs dt { font-size: .84rem; color: var(--muted); } .pairs dd { margin: 0; overflow-wrap: anywhere; }
kbd { font: .82em var(--mono); border: 1px solid currentColor; border-radius: .25rem; padding: 0 .35em; margin-left: .5em; }
.verdicts { display: flex; flex-wrap: wrap; gap: .7rem; margin: 1.5rem 0 1rem; position: sticky; bottom: 0; padding: .7rem 0;
  background: var(--paper); border-top: 1px solid var(--line); }
.stored { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--panel); padding: .9rem 1.1rem; max-width: 54rem;
  border-left: 4px solid var(--muted); font: 1rem/1.55 var(--serif); margin: 0 0 1rem; max-height: 60vh; overflow-y: auto; }
.stored.answer { border-color: var(--vouch); } .stored.role { margin-bottom: .4rem; } .stored b { font: 600 .84rem var(--sans); display: block; }
.told { padding: .6rem 1rem; background: var(--good); max-width: 54rem; font: .95rem/1.5 var(--sans); }
.signin { max-width: 24rem; display: grid; gap: .4rem; font-family: var(--sans); }
.signin input { padding: .6rem .7rem; border: 1px solid var(--muted); border-radius: .4rem; background: var(--paper); width: 100%;
  margin-bottom: .6rem; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem 2rem; font: .84rem var(--sans); color: var(--muted); }
@media screen and (max-width: 46rem) {
  header.bar > div { padding: .5rem 1rem; } header.bar form { margin-left: 0; } footer { padding: 0 1rem 2rem; }
  .board { padding-top: 1rem; }
  .verdicts form { flex: 1 1 8rem; } .verdicts button { width: 100%; } kbd { display: none; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
