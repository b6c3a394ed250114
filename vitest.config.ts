import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const integrationFiles = '**/*.integration.test.ts';
const ignored = ['**/node_modules/**', 'out/**'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts', 'e2e/faults/**/*.test.ts'],
          // They take milliseconds, but may have to wait for a processor that builds images.
          testTimeout: 40_000,
          exclude: [...ignored, integrationFiles],
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: {
          name: 'component',
          environment: 'happy-dom',
          include: ['src/renderer/**/*.test.tsx'],
          testTimeout: 40_000,
          exclude: ignored,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          environment: 'node',
          include: [integrationFiles],
          exclude: ignored,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
