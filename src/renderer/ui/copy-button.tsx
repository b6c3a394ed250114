import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '../commands/actions.ts';
import { Button, IconButton } from './button.tsx';

/** Copies a text, and shows for a moment that it did. */
export function CopyButton({
  text,
  label,
  words,
}: {
  text: string;
  label: string;
  words?: string;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const icon = copied ? <Check /> : <Copy />;
  const copy = (): void => void copyText(text).then(() => setCopied(true));
  if (!words) return <IconButton label={copied ? 'Copied' : label} icon={icon} onClick={copy} />;
  return (
    <Button look="quiet" icon={icon} onClick={copy} aria-label={label}>
      {copied ? 'Copied' : words}
    </Button>
  );
}
