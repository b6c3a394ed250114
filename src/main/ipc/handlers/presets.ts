import { checkDocument } from '../../../core/inputs/documents/read-document.ts';
import { writeDocument } from '../../../core/inputs/documents/write-document.ts';
import type { HandlerParts, Handlers } from '../handler-types.ts';

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

export function presetHandlers({ core }: HandlerParts): PresetHandlers {
  const { jobs, runs, presets } = core;
  return {
    presetValues: ({ versionId, name, kind }) =>
      presets.values(jobs.version(versionId), name, kind),
    savePreset: async ({ jobId, name, spec }) => presets.save(jobs.get(jobId).id, name, spec),
    removePreset: async ({ jobId, name }) => presets.remove(jobs.get(jobId).id, name),
    specFromRun: ({ runId, versionId }) =>
      presets.fromRun(runs.get(runId), jobs.version(versionId)),
    fitSpec: ({ versionId, spec }) => presets.fit(spec, jobs.version(versionId)),
    checkDocument: async ({ text, format }) => checkDocument(text, format),
    writeDocument: async ({ values, format }) => writeDocument(values, format),
  };
}
