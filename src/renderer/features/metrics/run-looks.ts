/** How the line of one of several runs is told apart: by colour, and from the fifth on also by dashes. */
export interface LineLook {
  /** Null for the colour of charts with one line. */
  colour: string | null;
  dash: readonly number[];
}

/** As many as there are `--run-…` tokens. */
const COLOURS = 8;
const DASHED_FROM = 4;
const DASH = [6, 4];
/** Of the second thing in one chart: what goes out, what is written. */
export const OTHER_DASH: readonly number[] = [2, 4];

export const ONE_LINE: LineLook = { colour: null, dash: [] };

/** The look of the run at a place of a comparison, from 0. */
export const runLook = (at: number): LineLook => ({
  colour: `var(--run-${(at % COLOURS) + 1})`,
  dash: at % COLOURS < DASHED_FROM ? [] : DASH,
});
