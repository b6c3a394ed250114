import { ChevronDown, ChevronUp } from 'lucide-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { TreeEntry } from '../../../shared/domain/snapshot.ts';
import { fileSize } from '../../../shared/units.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { cx } from '../../lib/cx.ts';
import { formatCount } from '../../lib/format.ts';
import { IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import styles from './files.module.css';

const LINE = 20;
/** A longer line is cut: no screen has room for it. */
const LONGEST = 4000;

const linesOf = (text: string): string[] => {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

/** The lines that have the words, whatever the case. */
const found = (lines: readonly string[], words: string): number[] =>
  words === ''
    ? []
    : lines.flatMap((line, at) => (line.toLowerCase().includes(words.toLowerCase()) ? [at] : []));

/** A line with what was searched for marked. */
function marked(line: string, words: string): ReactNode {
  const at = words === '' ? -1 : line.toLowerCase().indexOf(words.toLowerCase());
  if (at < 0) return line;
  return (
    <>
      {line.slice(0, at)}
      <mark>{line.slice(at, at + words.length)}</mark>
      {marked(line.slice(at + words.length), words)}
    </>
  );
}

interface TextProps {
  path: string;
  text: string;
  truncated: boolean;
}

/** A text with its line numbers, of which only what is in sight is drawn, and a search in it. */
function Text({ path, text, truncated }: TextProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(text), [text]);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const hits = useMemo(() => found(lines, words), [lines, words]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 20,
  });
  const show = (next: number): void => {
    if (hits.length === 0) return;
    const place = (next + hits.length) % hits.length;
    setAt(place);
    virtual.scrollToIndex(hits[place]!, { align: 'center' });
  };
  const search = (next: string): void => {
    setWords(next);
    setAt(0);
    const first = found(lines, next)[0];
    if (first !== undefined) virtual.scrollToIndex(first, { align: 'center' });
  };
  const width = `${String(lines.length).length}ch`;
  return (
    <>
      <div
        className={styles.textBar}
        onKeyDownCapture={(event) => {
          if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
          event.preventDefault();
          event.stopPropagation();
          show(at + (event.shiftKey ? -1 : 1));
        }}
      >
        <span className={`mono ellipsis ${styles.path}`} title={path}>
          {path}
        </span>
        <SearchField label="Search in this file" value={words} onChange={search} />
        <span className={styles.hits} role="status">
          {words && (hits.length > 0 ? `${at + 1} of ${formatCount(hits.length)}` : 'not found')}
        </span>
        <IconButton label="Previous line found" icon={<ChevronUp />} onClick={() => show(at - 1)} />
        <IconButton label="Next line found" icon={<ChevronDown />} onClick={() => show(at + 1)} />
        <CopyButton text={text} label="Copy the text of the file" />
      </div>
      {truncated && (
        <p className={styles.truncated}>
          Only the first {fileSize(text.length)} are shown. Write the version to a folder to read it
          all.
        </p>
      )}
      <div
        ref={scroller}
        role="region"
        aria-label={`Text of ${path}`}
        tabIndex={0}
        className={styles.text}
      >
        <div className={styles.lines} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              className={cx(styles.line, words !== '' && hits[at] === index && styles.current)}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span aria-hidden="true" className={styles.number} style={{ minWidth: width }}>
                {index + 1}
              </span>
              <span className="selectable">{marked(lines[index]!.slice(0, LONGEST), words)}</span>
            </div>
          ))}
        </div>
      </div>
    </>
  );
}

function Body({ versionId, path }: { versionId: string; path: string }) {
  const { value, error } = useAnswer('versionFileText', { versionId, path });
  if (error) return <ErrorNote error={error} />;
  if (!value) return <div className={styles.hint} aria-busy="true" />;
  if (value.binary) return <p className={styles.hint}>Not a text: it cannot be shown here.</p>;
  if (value.text === '') return <p className={styles.hint}>The file is empty.</p>;
  return <Text path={path} text={value.text} truncated={value.truncated} />;
}

/** The text of one file of a version, as it was frozen. */
export function FileText({ versionId, entry }: { versionId: string; entry: TreeEntry | null }) {
  return (
    <div className={styles.textPane}>
      {!entry && <p className={styles.hint}>Choose a file to read it as it was frozen.</p>}
      {entry?.kind === 'link' && <p className={styles.hint}>A link to {entry.content}</p>}
      {entry?.kind === 'file' && <Body versionId={versionId} path={entry.path} />}
    </div>
  );
}
