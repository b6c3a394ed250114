import type { InputPreset } from '../../../shared/domain/inputs.ts';
import type { LaunchStore } from './launch-store.ts';

/** Puts the saved presets in place of those the form knows, after one was saved or removed. */
export const putSaved = (store: LaunchStore, saved: readonly InputPreset[]): void =>
  store.setState(({ schema }) => {
    if (!schema) return {};
    const files = schema.presets.filter(({ kind }) => kind === 'file');
    return { schema: { ...schema, presets: [...files, ...saved] } };
  });
