import type { Domain } from './scale.ts';

/** What all charts of a group share. */
export interface Axis {
  /** The steps of all of them, so that one cursor fits them. */
  steps: Domain;
  /** The part of them that is shown. */
  view: Domain;
  onView: (view: Domain | null) => void;
  /** The step that is pointed at, in any of them. */
  cursor: number | null;
  onCursor: (step: number | null) => void;
}
