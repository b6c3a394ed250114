/**
 * The app inside the fallback Electron: does what Electron's own default app does for
 * `electron FOLDER`. It must be an ES module that awaits the real app, because Electron waits
 * for that before it is ready, and the app registers its scheme before then.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const argument = process.argv.slice(1).find((word) => !word.startsWith('-'));
const folder = resolve(argument ?? '.');
const manifest = join(folder, 'package.json');

if (!existsSync(manifest)) {
  console.error(`No app in ${folder}`);
  app.exit(1);
} else {
  const {
    name,
    productName,
    version,
    main = 'index.js',
  } = JSON.parse(readFileSync(manifest, 'utf8'));
  process.defaultApp = true;
  app.setName(productName ?? name);
  app.setVersion(version);
  app.setAppPath(folder);
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', join(app.getPath('appData'), app.getName()));
  }
  try {
    await import(pathToFileURL(join(folder, main)).href);
  } catch (error) {
    console.error(error);
    app.exit(1);
  }
}
