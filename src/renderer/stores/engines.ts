import type { EngineKind } from '../../shared/domain/run.ts';

export const ENGINE_NAMES: Readonly<Record<EngineKind, string>> = {
  docker: 'Docker',
  process: 'Process',
};

/** What each engine does, in one line. */
export const ENGINE_TEXTS: Readonly<Record<EngineKind, string>> = {
  docker: 'Builds an image and runs it in a container',
  process: 'A virtual environment and a child process, without a container',
};
