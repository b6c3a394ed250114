import type { EnvironmentPlan } from '../../shared/domain/job.ts';

/** Stands as the evidence of a Python version that a person asked for. */
const ASKED = 'asked for';

/** The plan with the Python version that a person asked for, whatever the code says. */
export const withRuntime = (plan: EnvironmentPlan, version: string): EnvironmentPlan => ({
  ...plan,
  python: { version, evidence: ASKED },
});

/** The version that was asked for; undefined when the code, or nobody, says one. */
export const runtimeAsked = ({ python }: EnvironmentPlan): string | undefined =>
  python?.evidence === ASKED ? python.version : undefined;
