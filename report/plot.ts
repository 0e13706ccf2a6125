import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Html, html, trusted } from './markup.js';

/**
 * Width of a chart in viewBox units. The chart scales to its place on the page, so text sizes are relative to this
 * width.
 */
const WIDTH = 440;

/**
 * Draws a chart as inline SVG without a browser. Widths are in viewBox units; the page's style sets fonts and scale.
 * `description` says what the chart shows, for readers who cannot see it.
 */
export function plot(options: Plot.PlotOptions, description: string): Html {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const chart = Plot.plot({
    width: WIDTH,
    height: 330,
    marginLeft: 48,
    marginRight: 16,
    marginTop: 24,
    marginBottom: 46,
    className: 'chart',
    ...options,
    document,
  });
  chart.querySelector('style')?.remove();
  chart.removeAttribute('width');
  chart.removeAttribute('height');
  // The description may contain names from the data, and linkedom does not escape attributes.
  const attributes = html`<svg role="img" aria-label="${description}"`.markup;
  return trusted(attributes + withoutLongDecimals(chart.outerHTML).slice('<svg'.length));
}

/**
 * Rounds coordinates to two decimals: no screen shows more, and the further digits would double the size of the file.
 */
function withoutLongDecimals(svg: string): string {
  return svg.replace(/(\s(?:d|x|y|x1|x2|y1|y2|cx|cy|r|transform|width|height)=")([^"]*)"/g, (_, name, value) => {
    return `${name}${value.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (x: string) => String(Number(Number(x).toFixed(2))))}"`;
  });
}
