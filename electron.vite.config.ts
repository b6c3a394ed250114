import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { bundledPackages } from './scripts/lib/bundled.mjs';

const here = import.meta.dirname;
const from = (path: string): string => resolve(here, path);

// One build serves every Electron from 33 (Node 20.18, Chromium 130) on. electron-vite would
// take its targets from the newest Electron it knows, hence they are named here.
const nodeTarget = 'node20.18';
const pageTarget = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      outDir: 'out/main',
      externalizeDeps: { exclude: bundledPackages },
      rollupOptions: {
        input: {
          index: from('src/main/index.ts'),
          cli: from('src/cli/index.ts'),
          'snapshot-worker': from('src/core/snapshots/worker.ts'),
          'run-reader': from('src/core/imports/read-worker.ts'),
          'log-search': from('src/core/logs/search/search-worker.ts'),
          'run-list-worker': from('src/core/run-list/list-worker.ts'),
          'care-worker': from('src/core/host/care-worker.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      outDir: 'out/preload',
      // A sandboxed preload can load neither ES modules nor anything from node_modules.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: from('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: from('src/renderer'),
    plugins: [react()],
    build: {
      target: pageTarget,
      // Half the bytes to read and parse before the first screen.
      minify: true,
      outDir: from('out/renderer'),
      rollupOptions: { input: from('src/renderer/index.html') },
    },
  },
});
