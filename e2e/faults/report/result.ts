/** One of the figures that are promised. */
export interface Figure {
  name: string;
  goal: string;
  /** What was measured, in words. */
  seen: string;
  ok: boolean;
}

/** What came of one fault of the catalogue. */
export interface FaultSeen {
  /** As `F17`. */
  id: string;
  /** How it was injected, in words. */
  how: string;
  seen: string;
  ok: boolean;
}

/** What a scenario hands back. */
export interface ScenarioResult {
  figures: Figure[];
  faults: FaultSeen[];
  /** What is wrong, with what is needed to do it again. */
  problems: string[];
}

export const noResult = (): ScenarioResult => ({ figures: [], faults: [], problems: [] });
