import { dialog, type FileFilter } from 'electron';

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
