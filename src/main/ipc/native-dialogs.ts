import { dialog, shell, type FileFilter } from 'electron';
import { AppError } from '../../shared/errors.ts';

type FolderDialog = ('openDirectory' | 'createDirectory')[];

/** The system's dialogs. Each gives null when the person cancelled it. */
export async function askForFolder(
  title: string,
  properties: FolderDialog,
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({ title, properties });
  return canceled ? null : (filePaths[0] ?? null);
}

export async function askForFile(title: string, filters: FileFilter[]): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title,
    filters,
    properties: ['openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

export async function askWhereTo(
  title: string,
  suggested: string,
  filters: FileFilter[],
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    title,
    defaultPath: suggested,
    filters,
  });
  return canceled || filePath === '' ? null : filePath;
}

/** Shows a folder in the system's file manager. */
export async function openFolder(folder: string): Promise<{ folder: string }> {
  const problem = await shell.openPath(folder);
  if (problem === '') return { folder };
  throw new AppError('E_INTERNAL', `The folder ${folder} could not be shown.`, {
    next: 'Open it in a file manager.',
    detail: problem,
  });
}
