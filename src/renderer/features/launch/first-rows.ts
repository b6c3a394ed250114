/** Rows of the form that are drawn at once: more than a screen shows. */
export const FIRST_ROWS = 20;
