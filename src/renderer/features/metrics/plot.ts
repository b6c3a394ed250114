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

/** Of a card; one that is looked at alone is higher. */
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
  height?: number;
  /** What the ticks of the steps are round numbers of. */
  unit?: number;
  /** Whether the axis starts at zero, for what is used of something. */
  fromZero: boolean;
}

/** A series with its values as they are shown, smoothed or not. */
export interface Shown {
  series: SeriesData;
  values: Float64Array;
}

/** Everything that is needed to draw some series, but the drawing. */
export interface Plot {
  x: Scale;
  y: Scale;
  /** The points of each series that are drawn. */
  ranges: Range[];
  width: number;
  height: number;
  log: boolean;
  view: Domain;
  domain: Domain;
  xTicks: number[];
  yTicks: number[];
}

/** What holds all of the domains; null for none. */
function around(domains: readonly (Domain | null)[]): Domain | null {
  const known = domains.filter((domain) => domain !== null);
  if (known.length === 0) return null;
  return {
    from: Math.min(...known.map(({ from }) => from)),
    to: Math.max(...known.map(({ to }) => to)),
  };
}

/** Null when the scale can show none of the values. */
export function plotOf(
  shown: readonly Shown[],
  { view, log, width, height = HEIGHT, unit = 1, fromZero }: Frame,
): Plot | null {
  const ranges = shown.map(({ series }) => visible(series, view));
  const reach = around(shown.map(({ values }, i) => extent(values, ranges[i]!, log)));
  if (!reach) return null;
  const domain = fromZero ? { from: 0, to: Math.max(reach.to, LEAST_USE) } : widened(reach, log);
  const right = Math.max(LEFT + 1, width - RIGHT);
  return {
    ...{ ranges, log, view, domain, width, height },
    x: linearScale(view, LEFT, right),
    y: (log ? logScale : linearScale)(domain, height - BOTTOM, TOP),
    yTicks: (log ? logTicks : linearTicks)(domain, Math.max(3, Math.round(height / 34))),
    xTicks: unitTicks(view, Math.max(2, Math.floor(width / 96)), unit),
  };
}

const unitTicks = ({ from, to }: Domain, count: number, unit: number): number[] =>
  linearTicks({ from: from / unit, to: to / unit }, count).map((tick) => tick * unit);

/** Values whose domain stays above zero on a log scale when it is widened. */
function widened(reach: Domain, log: boolean): Domain {
  const domain = domainOf([reach.from, reach.to])!;
  return !log || domain.from > 0 ? domain : { from: reach.from / 2, to: reach.to * 2 };
}

/** As `columns.ts` takes it: pixels as `scale * value + offset`. */
export function linesOf({ view, domain, log, width, height }: Plot) {
  const right = Math.max(LEFT + 1, width - RIGHT);
  const [from, to] = log
    ? [Math.log10(domain.from), Math.log10(domain.to)]
    : [domain.from, domain.to];
  const xScale = (right - LEFT) / (view.to - view.from);
  const yScale = (TOP - (height - BOTTOM)) / (to - from);
  return {
    x: { scale: xScale, offset: LEFT - view.from * xScale },
    y: { scale: yScale, offset: height - BOTTOM - from * yScale, log },
  };
}
