import { cp, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/**
 * The bundled example as a folder of the person's own, so that changing its code and launching it again
 * can be tried. It is beside the data folder, of which no job can be made. What is there already is left
 * as it is.
 */
export async function exampleFolder(examples: string, dataDir: string): Promise<string> {
  const own = `${resolve(dataDir)}-examples`;
  const folder = join(own, 'hello');
  await mkdir(own, { recursive: true });
  await cp(join(examples, 'hello'), folder, { recursive: true, force: false });
  return folder;
}
