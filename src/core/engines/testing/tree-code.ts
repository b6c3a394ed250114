import { DEFAULT_BUILD, type BuildPlan, type EnvironmentPlan } from '../../../shared/domain/job.ts';
import type { TreeCode } from '../engine.ts';

export const EMPTY_PLAN: EnvironmentPlan = {
  dependencies: null,
  requirements: '',
  locked: false,
  python: null,
  notes: [],
};

/** Code of a tree with nothing special about it, but for what is given. */
export const treeCode = (
  tree: string,
  plan: Partial<EnvironmentPlan> = {},
  build: Partial<BuildPlan> = {},
): TreeCode => ({
  kind: 'tree',
  tree,
  plan: { ...EMPTY_PLAN, ...plan },
  build: { ...DEFAULT_BUILD, ...build },
});
