import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

/** The menu of a text field, or of text that is selected; nothing where there is neither. */
export function textMenu({
  isEditable,
  editFlags,
  selectionText,
}: Pick<
  ContextMenuParams,
  'isEditable' | 'editFlags' | 'selectionText'
>): MenuItemConstructorOptions[] {
  const { canCut, canCopy, canPaste, canSelectAll } = editFlags;
  if (isEditable) {
    return [
      { role: 'cut', enabled: canCut },
      { role: 'copy', enabled: canCopy },
      { role: 'paste', enabled: canPaste },
      { type: 'separator' },
      { role: 'selectAll', enabled: canSelectAll },
    ];
  }
  return selectionText.trim() === '' ? [] : [{ role: 'copy', enabled: canCopy }];
}
