import type { RoomKind } from './domain/room.ts';

/** What each kind of things on the disk is called. */
export const ROOM_TITLES: Readonly<Record<RoomKind, string>> = {
  images: 'Images',
  environments: 'Environments',
  snapshots: 'Code of versions',
  mirrors: 'Mirrors of repositories',
  logs: 'Logs',
  outputs: 'Outputs',
  metrics: 'Metrics',
  database: 'Database and copies',
  leftovers: 'Leftovers',
};

/** What goes, in words. */
export const ROOM_GOES: Readonly<Record<RoomKind, string>> = {
  images: 'images that can be built again and that no run used of late',
  environments: 'environments that can be made again and that no run used of late',
  snapshots: 'code that no version of any job needs',
  mirrors: 'mirrors of repositories that no version comes from',
  logs: 'logs of runs that were deleted',
  outputs: 'files of runs that were deleted',
  metrics: 'nothing: metrics go with their run',
  database: 'nothing: the database and its copies stay',
  leftovers: 'what was left by something that was interrupted',
};

/** What stays whatever is cleaned up. */
export const ROOM_STAYS =
  'Versions, aliases, runs with their logs and metrics, and all that starred runs and runs that wait or go on use stay. Base images and images of others are never touched.';
