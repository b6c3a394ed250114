import { homedir } from 'node:os';
import type { Forbidden } from './check-mounts.ts';

/** What no run may reach: this machine as a whole, the person's home, Slipway's data, the engine itself. */
export const forbiddenMounts = (dataDir: string): Forbidden[] => [
  { path: dataDir, name: "Slipway's data folder", inside: true },
  {
    path: '/var/run/docker.sock',
    name: 'the Docker engine, and so the whole machine',
    inside: false,
  },
  { path: '/run/docker.sock', name: 'the Docker engine, and so the whole machine', inside: false },
  { path: homedir(), name: 'all of the home folder', inside: false },
  { path: '/', name: 'the whole machine', inside: false },
];
