import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The bundled example as a folder of the person's own, so that changing its code and launching it again
 * can be tried. What is there already is left as it is.
 */
export async function exampleFolder(examples: string, dataDir: string): Promise<string> {
  const folder = join(dataDir, 'examples', 'hello');
  await mkdir(dirname(folder), { recursive: true });
  await cp(join(examples, 'hello'), folder, { recursive: true, force: false });
  return folder;
}
