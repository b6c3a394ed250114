/** Puts the focus into the row that was added last, once it is drawn. */
export const focusLastRow = (box: HTMLElement | null): void =>
  void requestAnimationFrame(() => {
    const row = [...(box?.querySelectorAll('[data-row]') ?? [])].at(-1);
    row?.querySelector<HTMLElement>('input')?.focus();
  });
