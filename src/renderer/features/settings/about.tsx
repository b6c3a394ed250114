import { useEffect, useState } from 'react';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import { call } from '../../bridge/client.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Section } from './section.tsx';
import styles from './settings.module.css';

/** Which Slipway this is and where it keeps everything. */
export function About() {
  const [info, setInfo] = useState<CommandOutput<'appInfo'> | null>(null);
  useEffect(
    () => void call('appInfo', {}).then((result) => result.ok && setInfo(result.value)),
    [],
  );
  return (
    <Section id="about">
      <Facts>
        <Fact name="Version">{info ? `Slipway ${info.version}` : ''}</Fact>
        <Fact name="Data folder">
          <span className={styles.path}>
            <span className="mono selectable">{info?.dataDir}</span>
            {info && <CopyButton text={info.dataDir} label="Copy data folder" />}
          </span>
        </Fact>
      </Facts>
      <div className={styles.buttons}>
        <CommandButton command={COMMANDS.goStart}>Welcome page</CommandButton>
        <Button onClick={() => COMMANDS.shortcuts.run()}>Keyboard shortcuts</Button>
      </div>
    </Section>
  );
}
