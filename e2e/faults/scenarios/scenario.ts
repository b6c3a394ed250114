import type { ScenarioResult } from '../report/result.ts';

/** How a scenario is to be done. */
export interface Lab {
  seed: number;
  quick: boolean;
  /** Of the faults that are done once each only these; null for all. */
  faults: readonly string[] | null;
  /** Tells how far it is. */
  say(text: string): void;
  /** Fires when a person interrupts; a scenario ends at its next step. */
  signal: AbortSignal;
}

export interface Scenario {
  name: string;
  about: string;
  /** What it needs besides an engine. */
  needs?: 'display';
  run(lab: Lab): Promise<ScenarioResult>;
}

/** The count of the figures, or the small one that only shows that it works. */
export const times = ({ quick }: Lab, full: number, few: number): number => (quick ? few : full);
