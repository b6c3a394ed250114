import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What makes Python load the module that hands metrics on, and tells it where to. */
export const liveEnvironment = (
  live: string,
  module: string,
  pythonPath: string | undefined,
): Record<string, string> => ({
  SLIPWAY_LIVE: live,
  // In front, so that it is the one `sitecustomize`; it loads the one that it hides.
  PYTHONPATH: pythonPath ? `${module}:${pythonPath}` : module,
});

/** The files of the module. `resources`: the folder of that name. */
export async function liveModule(resources: string): Promise<{ name: string; bytes: Buffer }[]> {
  const folder = join(resources, 'python');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.py')).toSorted();
  return Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })),
  );
}
