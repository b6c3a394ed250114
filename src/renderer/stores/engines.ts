import type { EngineKind } from '../../shared/domain/run.ts';

export const ENGINE_NAMES: Readonly<Record<EngineKind, string>> = {
  docker: 'Docker',
  process: 'Process',
};

/** What executed a run; a run that was imported was not executed here. */
export const engineName = (engine: EngineKind | null): string =>
  engine === null ? 'Imported' : ENGINE_NAMES[engine];

/** What each engine does, in one line. */
export const ENGINE_TEXTS: Readonly<Record<EngineKind, string>> = {
  docker: 'Builds an image and runs it in a container',
  process: 'A virtual environment and a child process, without a container',
};
