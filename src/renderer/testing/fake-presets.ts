import type { FittedSpec } from '../../shared/domain/fitted-spec.ts';
import type { InputPreset } from '../../shared/domain/inputs.ts';
import { EMPTY_SPEC, type LaunchSpec } from '../../shared/domain/launch-spec.ts';
import { err, ok } from '../../shared/result.ts';
import type { Handlers } from './handlers.ts';

type PresetHandlers = Pick<
  Handlers,
  | 'presetValues'
  | 'savePreset'
  | 'removePreset'
  | 'specFromRun'
  | 'fitSpec'
  | 'checkDocument'
  | 'writeDocument'
>;

const fitted = (spec: LaunchSpec): FittedSpec => ({ spec, dropped: [], notes: [] });

/** Presets that are kept as long as the fake is; a document is read by the window's own JSON. */
export function presetHandlers(): PresetHandlers {
  const saved = new Map<string, LaunchSpec>();
  const list = (): InputPreset[] =>
    [...saved].map(([name, { values }]) => ({
      ...{ name, kind: 'saved' as const, path: null },
      keys: Object.keys(values).length,
    }));
  return {
    presetValues: ({ name }) => fitted(saved.get(name) ?? { ...EMPTY_SPEC, values: { lr: 0.01 } }),
    savePreset: ({ name, spec }) => {
      saved.set(name, spec);
      return list();
    },
    removePreset: ({ name }) => {
      if (saved.delete(name)) return ok(list());
      return err({ code: 'E_PRESET', message: `There is no preset "${name}".` });
    },
    specFromRun: () => fitted({ ...EMPTY_SPEC, values: { lr: 0.003, epochs: 40 } }),
    fitSpec: ({ spec }) => fitted(spec),
    checkDocument: ({ text }) => {
      try {
        return { values: JSON.parse(text), notes: [], problem: null };
      } catch {
        const message = 'Line 1, column 1: this is no JSON.';
        const problem = { code: 'E_JSON', message, next: null, line: 1, column: 1 };
        return { values: null, notes: [], problem };
      }
    },
    writeDocument: ({ values }) => `${JSON.stringify(values, null, 2)}\n`,
  };
}
