import { cp, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Copies under way, by where they go: two at once would get into each other's way. */
const underWay = new Map<string, Promise<string>>();

/**
 * The bundled example as a folder of the person's own, so that changing its code and launching it again
 * can be tried. It is beside the data folder, of which no job can be made. What is there already is left
 * as it is. Who asks while it is being copied gets it once it is whole.
 */
export function exampleFolder(examples: string, dataDir: string): Promise<string> {
  const own = `${resolve(dataDir)}-examples`;
  const copying = underWay.get(own) ?? copied(examples, own).finally(() => underWay.delete(own));
  underWay.set(own, copying);
  return copying;
}

async function copied(examples: string, own: string): Promise<string> {
  const folder = join(own, 'hello');
  await mkdir(own, { recursive: true });
  await cp(join(examples, 'hello'), folder, { recursive: true, force: false });
  return folder;
}
