import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Html, html, trusted } from './markup.js';

/** Room that a chart is drawn in; it scales with its place on the page, so text sizes are relative to it. */
const WIDTH = 440;

/**
 * Draws a chart to inline SVG without a browser. Widths are viewBox units; the page's style gives fonts and scales it. What
 * the chart says stands in `description`, for those who cannot see it.
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
  // The description may hold names from the data, which linkedom would leave unescaped in an attribute.
  const attributes = html`<svg role="img" aria-label="${description}"`.markup;
  return trusted(attributes + withoutLongDecimals(chart.outerHTML).slice('<svg'.length));
}

/** Coordinates to two decimals: a hundredth of a viewBox unit is beyond any screen, and the rest is half the file. */
function withoutLongDecimals(svg: string): string {
  return svg.replace(/(\s(?:d|x|y|x1|x2|y1|y2|cx|cy|r|transform|width|height)=")([^"]*)"/g, (_, name, value) => {
    return `${name}${value.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (x: string) => String(Number(Number(x).toFixed(2))))}"`;
  });
}
