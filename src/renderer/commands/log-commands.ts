import { logHere, type LogHere } from '../stores/log-here.ts';
import { nextTimes, toggleFolded } from '../stores/log-prefs.ts';
import { toggleWrap } from '../stores/ui.ts';
import { command, type Command } from './command.ts';

/** A command about the log on the screen; off while there is none, or when `can` says so. */
const log = (
  title: string,
  run: (here: LogHere) => unknown,
  shortcut?: string,
  can: (here: LogHere) => boolean = () => true,
): Command =>
  command('Log', title, () => run(logHere()!), {
    ...(shortcut && { shortcut }),
    enabled: () => {
      const here = logHere();
      return here !== null && can(here);
    },
  });

const streams = ({ hasStreams }: LogHere): boolean => hasStreams;
const matches = (here: LogHere): boolean => here.hasMatches();

/** The log on the screen. */
export const logCommands = {
  findInLog: log('Find in log', (here) => here.find(), 'Mod+F'),
  findNext: log('Next match', (here) => here.step(1), 'F3', matches),
  findPrevious: log('Previous match', (here) => here.step(-1), 'Shift+F3', matches),
  onlyMatches: log('Show only lines that match', (here) => here.onlyMatches(), 'Alt+M', matches),
  toFailure: log(
    'Go to the failing line',
    (here) => here.toFailure(),
    'F8',
    (here) => here.hasFailure(),
  ),
  jumpToTime: log('Go to a time…', (here) => here.jump(), 'Alt+J'),
  followLog: log('Follow the log', (here) => here.follow(), 'Alt+End'),
  toggleWrap: log('Wrap long lines in logs', toggleWrap, 'Alt+Z'),
  logTimes: log('Times in logs: off, clock, since the start', nextTimes, 'Alt+T'),
  foldLog: log('Fold progress bars in logs', toggleFolded, 'Alt+P'),
  bothStreams: log('Show stdout and stderr', (here) => here.choose('both'), undefined, streams),
  onlyStdout: log('Show stdout alone', (here) => here.choose('stdout'), undefined, streams),
  onlyStderr: log('Show stderr alone', (here) => here.choose('stderr'), undefined, streams),
  copyLog: log('Copy log lines', (here) => here.copy()),
  copyLogLink: log('Copy link to line', (here) => here.copyLink(), 'Alt+L'),
  saveLog: log('Save log, exact bytes…', (here) => here.save('exact'), 'Mod+S'),
  saveLogShown: log('Save log as shown…', (here) => here.save('shown')),
  saveLogErrors: log('Save stderr alone…', (here) => here.save('stderr'), undefined, streams),
};
