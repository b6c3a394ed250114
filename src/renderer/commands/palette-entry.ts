/** One thing that the palette does or goes to. */
export interface Entry {
  id: string;
  section: string;
  title: string;
  /** Beside the title: a shortcut, or what kind of thing it is. */
  meta?: string | undefined;
  run: () => void;
}
