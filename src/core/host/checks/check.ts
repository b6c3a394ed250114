import type { HealthCheck } from '../../../shared/domain/engine.ts';

type Finding = Omit<HealthCheck, 'id' | 'title'>;

/** One thing that is looked at. */
export interface Check {
  id: string;
  title: string;
  /** Changes nothing. */
  look(signal: AbortSignal): Promise<Finding> | Finding;
  /** Does what the finding offers, and tells what was done. */
  mend?(signal: AbortSignal): Promise<string> | string;
}

export const fine = (text: string): Finding => ({ status: 'ok', text, fix: null, mend: null });

/** Something is wrong. `mend`: what Slipway can do about it itself. */
export const wrong = (
  status: 'warning' | 'missing',
  text: string,
  fix: string | null,
  mend: string | null = null,
): Finding => ({ status, text, fix, mend });
