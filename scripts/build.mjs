/** `npm run build`: builds the app into out/. */
import { build } from './lib/build.mjs';
import { ensurePackages } from './lib/install.mjs';
import { main } from './lib/main.mjs';

await main(async () => {
  await ensurePackages();
  await build();
  return 0;
});
