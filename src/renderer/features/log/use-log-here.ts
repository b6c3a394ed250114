import { useEffect, useRef } from 'react';
import type { LogKind } from '../../../shared/contract/log-stream.ts';
import { formatLink } from '../../../shared/links.ts';
import { copyText } from '../../commands/actions.ts';
import { call } from '../../bridge/client.ts';
import { putLogHere, type LogHere, type SaveChoice } from '../../stores/log-here.ts';
import { forgetOperation } from '../../stores/operations.ts';
import { notify, notifyOperation } from '../../stores/ui.ts';
import { streamNumbers, type LogSession } from './log-session.ts';
import type { RowOrder } from './row-order.ts';

export interface HereProps {
  session: LogSession;
  runId: string;
  kind: LogKind;
  order: RowOrder;
  streams: boolean;
  find: () => void;
  jump: () => void;
  copy: () => void;
  /** Gives the focus to the log. */
  focus?: () => void;
}

/** The line a link is about: the one chosen last, the match, the one linked, or the first on the screen. */
function linkedLine({ session, order }: HereProps): number {
  const { selection, match, linked } = session.state.getState();
  if (selection) return order.line(selection.to);
  return match ?? linked ?? session.visible.line;
}

function copyLink(props: HereProps): void {
  const line = props.session.feed.line(linkedLine(props));
  if (!line) return;
  const link = formatLink({ page: 'run', runId: props.runId, line: line.number });
  void copyText(link);
  notify(`Copied the link to line ${line.number + 1}.`);
}

async function save({ session, runId, kind }: HereProps, choice: SaveChoice): Promise<void> {
  const operationId = crypto.randomUUID();
  const streams = {
    exact: null,
    stderr: streamNumbers('stderr'),
    shown: kind === 'run' ? streamNumbers(session.state.getState().streams) : null,
  }[choice];
  const ended = notifyOperation('Saving the log', operationId);
  const result = await call('saveLog', {
    operationId,
    runId,
    kind,
    streams,
    plain: choice === 'shown',
  });
  ended();
  forgetOperation(operationId);
  if (result.ok && result.value) notify(`Saved ${result.value.file}.`);
  else if (!result.ok && result.error.code !== 'E_CANCELLED') {
    notify('The log could not be saved.', result.error);
  }
}

function commandsOf(now: () => HereProps, hasStreams: boolean): LogHere {
  const state = () => now().session.state;
  return {
    hasStreams,
    hasMatches: () => state().getState().found.lines.length > 0,
    hasFailure: () => state().getState().failing !== null,
    find: () => now().find(),
    step: (by) => now().session.step(by),
    onlyMatches: () =>
      state().setState(({ context }) => ({
        context: context === null ? 2 : null,
        selection: null,
      })),
    follow: () => state().setState({ following: true }),
    choose: (streams) => now().session.choose(streams),
    copy: () => now().copy(),
    copyLink: () => copyLink(now()),
    save: (choice) => void save(now(), choice),
    toFailure: () => {
      now().session.toFailure();
      now().focus?.();
    },
    jump: () => now().jump(),
  };
}

/** Makes this log the one that commands are about, while it is on the screen. */
export function useLogHere(props: HereProps): void {
  const now = useRef(props);
  useEffect(() => {
    now.current = props;
  });
  const { session, streams } = props;
  useEffect(() => putLogHere(commandsOf(() => now.current, streams)), [session, streams]);
}
