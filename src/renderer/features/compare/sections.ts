import type { COMPARISON_SECTIONS } from '../../../shared/domain/run-comparison.ts';

export type Section = (typeof COMPARISON_SECTIONS)[number];

/** What each part of a comparison is called. */
export const SECTION_TITLES: Readonly<Record<Section, string>> = {
  code: 'Code',
  inputs: 'Inputs',
  settings: 'Settings',
  environment: 'Environment',
  config: 'Config',
  results: 'Results',
};
