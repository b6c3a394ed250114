import { extent, visible, type Range } from './columns.ts';
import {
  domainOf,
  linearScale,
  linearTicks,
  logScale,
  logTicks,
  type Domain,
  type Scale,
} from './scale.ts';
import type { SeriesData } from './series-data.ts';

export const HEIGHT = 168;
export const LEFT = 56;
export const RIGHT = 8;
export const TOP = 8;
export const BOTTOM = 20;

/** The axis of something used reaches so far at least: bytes and percents have no parts. */
const LEAST_USE = 4;

/** What a series is drawn in. */
interface Frame {
  view: Domain;
  log: boolean;
  width: number;
  /** Whether the axis starts at zero, for what is used of something. */
  fromZero: boolean;
}

/** Everything that is needed to draw a series, but the drawing. */
export interface Plot {
  x: Scale;
  y: Scale;
  range: Range;
  log: boolean;
  view: Domain;
  domain: Domain;
  xTicks: number[];
  yTicks: number[];
}

/** Null when the scale can show none of its values. */
export function plotOf(
  series: SeriesData,
  values: Float64Array,
  { view, log, width, fromZero }: Frame,
): Plot | null {
  const range = visible(series, view);
  const reach = extent(values, range, log);
  if (!reach) return null;
  const domain = fromZero ? { from: 0, to: Math.max(reach.to, LEAST_USE) } : widened(reach, log);
  const right = Math.max(LEFT + 1, width - RIGHT);
  return {
    ...{ range, log, view, domain },
    x: linearScale(view, LEFT, right),
    y: (log ? logScale : linearScale)(domain, HEIGHT - BOTTOM, TOP),
    yTicks: (log ? logTicks : linearTicks)(domain, 5),
    xTicks: linearTicks(view, Math.max(2, Math.floor(width / 96))),
  };
}

/** Values whose domain stays above zero on a log scale when it is widened. */
function widened(reach: Domain, log: boolean): Domain {
  const domain = domainOf([reach.from, reach.to])!;
  return !log || domain.from > 0 ? domain : { from: reach.from / 2, to: reach.to * 2 };
}

/** As `columns.ts` takes it: pixels as `scale * value + offset`. */
export function linesOf({ view, domain, log }: Plot, width: number) {
  const right = Math.max(LEFT + 1, width - RIGHT);
  const [from, to] = log
    ? [Math.log10(domain.from), Math.log10(domain.to)]
    : [domain.from, domain.to];
  const xScale = (right - LEFT) / (view.to - view.from);
  const yScale = (TOP - (HEIGHT - BOTTOM)) / (to - from);
  return {
    x: { scale: xScale, offset: LEFT - view.from * xScale },
    y: { scale: yScale, offset: HEIGHT - BOTTOM - from * yScale, log },
  };
}
