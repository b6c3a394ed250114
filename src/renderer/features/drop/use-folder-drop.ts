import { useEffect, useState } from 'react';
import { getBridge } from '../../bridge/client.ts';
import { notify, openFolders } from '../../stores/ui.ts';

/** What hangs over the window: how many things, and their names once they are let go. */
export interface Drag {
  count: number;
  names: readonly string[];
}

const hasFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes('Files') ?? false;

/** Asks for the folder behind each dropped thing; what is no folder is named and left out. */
async function takeFiles(files: readonly File[]): Promise<void> {
  const answers = await Promise.all(files.map((file) => getBridge().grantDroppedFolder(file)));
  const folders: string[] = [];
  answers.forEach((answer, index) => {
    if (answer.ok) folders.push(answer.value.folder);
    else notify(`${files[index]?.name} was left out.`, answer.error);
  });
  openFolders(folders);
}

/** Takes folders dropped anywhere on the window. Returns what hangs over it now. */
export function useFolderDrop(): Drag | null {
  const [drag, setDrag] = useState<Drag | null>(null);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      // Names are not told before the drop; the number is.
      const count = event.dataTransfer?.items.length || 1;
      setDrag((have) => (have?.count === count ? have : { count, names: [] }));
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDrag(null);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      setDrag({ count: files.length, names: files.map((file) => file.name) });
      void takeFiles(files).finally(() => setDrag(null));
    };
    window.addEventListener('dragenter', over);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', over);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return drag;
}
