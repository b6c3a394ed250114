import { defineConfig } from '@playwright/test';

// Windows may take the focus from each other, so one at a time; what asks for none runs beside them.
const beside = ['cli-*', 'app-{engine,ipc,sources}', 'package', 'security'].map(
  (name) => `**/${name}.spec.ts`,
);
const projects = [
  { name: 'window', testIgnore: beside, workers: 1 },
  { name: 'beside', testMatch: beside, workers: 1 },
];
const reportFile = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  projects,
  workers: projects.length,
  // A window on a busy machine may miss its moment; what passes only then is named at the end.
  retries: process.env.CI ? 1 : 0,
  // Nothing takes as long; but where images are built at the same time, everything may take its time.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: reportFile ? [['list'], ['json', { outputFile: reportFile }]] : 'list',
});
