import { FileOutput, FolderOutput } from 'lucide-react';
import type { JobVersion } from '../../../shared/domain/job.ts';
import { call } from '../../bridge/client.ts';
import { plural } from '../../lib/format.ts';
import { SaveVersion } from './save-version.tsx';

/** Writes a version into a folder, as it was frozen. An image has no files to write. */
export function WriteBack({ version }: { version: JobVersion }) {
  if (version.source.kind === 'image') return null;
  return (
    <SaveVersion
      icon={<FolderOutput />}
      words="Write to a folder…"
      title="Writes the files of this version into an empty folder, byte for byte"
      doing={`Writing v${version.number}`}
      request={(operationId) => call('writeVersionBack', { versionId: version.id, operationId })}
      done={({ files, folder }) => `Wrote ${plural(files, 'file')} to ${folder}.`}
    />
  );
}

/** Puts a version into one file that another Slipway can import. */
export function ExportVersion({ version }: { version: JobVersion }) {
  return (
    <SaveVersion
      icon={<FileOutput />}
      words="Export…"
      title="Writes this version into one file that another computer can import"
      doing={`Exporting v${version.number}`}
      request={(operationId) => call('exportVersion', { versionId: version.id, operationId })}
      done={({ file }) => `Exported v${version.number} to ${file}.`}
    />
  );
}
