import { Box, FileArchive, FolderOpen, GitBranch, Play, Radar } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { call } from '../../bridge/client.ts';
import { commandHint, type Command } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { useExample } from '../../stores/example.ts';
import { useOperations } from '../../stores/operations.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { EngineWords } from './engine-words.tsx';
import styles from './start.module.css';

interface Way {
  command: Command;
  title: string;
  text: string;
  icon: ReactNode;
}

const WAYS: readonly Way[] = [
  {
    command: COMMANDS.newJob,
    title: 'Choose a folder…',
    text: 'Or drop it anywhere on this window',
    icon: <FolderOpen />,
  },
  {
    command: COMMANDS.newGitJob,
    title: 'From a git repository…',
    text: 'At a branch, tag or commit',
    icon: <GitBranch />,
  },
  {
    command: COMMANDS.newImageJob,
    title: 'From an image…',
    text: 'Of a registry or this computer',
    icon: <Box />,
  },
  {
    command: COMMANDS.importRuns,
    title: 'From tracked runs…',
    text: 'What the wandb library left in a folder',
    icon: <Radar />,
  },
  {
    command: COMMANDS.importJob,
    title: 'From a job file…',
    text: 'That was exported from Slipway',
    icon: <FileArchive />,
  },
];

function WayButton({ command, title, text, icon }: Way) {
  const id = useId();
  return (
    <button
      type="button"
      className={styles.way}
      title={commandHint(command)}
      aria-label={title}
      aria-describedby={`${id}-text`}
      onClick={() => command.run()}
    >
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={styles.words}>
        <span>{title}</span>
        <span id={`${id}-text`} className={styles.text}>
          {text}
        </span>
      </span>
    </button>
  );
}

/** The one thing to do first. It goes to the run by itself. */
function Example() {
  const { operationId, error } = useExample();
  const progress = useOperations((all) => (operationId ? (all[operationId] ?? null) : null));
  return (
    <div className={styles.example}>
      {operationId === null ? (
        <CommandButton
          command={COMMANDS.runExample}
          look="primary"
          icon={<Play />}
          className={styles.primary}
        >
          Run the example
        </CommandButton>
      ) : (
        <Progress
          label="Making a job of the example"
          progress={progress}
          onCancel={() => void call('cancelOperation', { operationId })}
        />
      )}
      {error && (
        <ErrorNote
          error={error}
          action={<Button onClick={() => COMMANDS.runExample.run()}>Try again</Button>}
        />
      )}
    </div>
  );
}

/** What this is, whether it can run anything, and the first steps. */
export function Start() {
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h2 className={styles.title}>Runs you can repeat</h2>
        <p className={styles.lead}>
          Slipway freezes your code as a job, runs it in an environment built for it, and keeps what
          went in and what came out, so that it runs the same way next month.
        </p>
        <Example />
        <EngineWords />
        <h3 className={styles.heading}>Or begin with your own code</h3>
        <ul className={styles.ways}>
          {WAYS.map((way) => (
            <li key={way.title}>
              <WayButton {...way} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
