import type { EditFlags } from 'electron';
import { expect, it } from 'vitest';
import { textMenu } from './text-menu.ts';

const editFlags = { canCut: false, canCopy: true, canPaste: true, canSelectAll: true } as EditFlags;
const roles = (isEditable: boolean, selectionText: string) =>
  textMenu({ isEditable, selectionText, editFlags }).map(({ role, type, enabled }) =>
    enabled === false ? `(${role})` : (role ?? type),
  );

it.each([
  ['a text field', true, '', ['(cut)', 'copy', 'paste', 'separator', 'selectAll']],
  ['selected text', false, 'abc', ['copy']],
  ['nothing', false, '', []],
  ['a selection of nothing', false, ' \n', []],
])('%s', (_what, isEditable, selection, menu) => {
  expect(roles(isEditable, selection)).toEqual(menu);
});
