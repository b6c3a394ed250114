import { defineConfig } from '@playwright/test';

// Windows take the focus from each other, so one at a time; what needs no screen runs beside them.
const projects = [
  { name: 'window', testIgnore: '**/cli-*.spec.ts', workers: 1 },
  { name: 'terminal', testMatch: '**/cli-*.spec.ts', workers: 1 },
];
const reportFile = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  projects,
  workers: projects.length,
  retries: 0,
  // Nothing takes as long; but where images are built at the same time, everything may take its time.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: reportFile ? [['list'], ['json', { outputFile: reportFile }]] : 'list',
});
