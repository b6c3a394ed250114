import { existsSync } from 'node:fs';

const DEBIAN = '/usr/bin/python3';

/** The Python that the set-up of the tests installs libraries for; elsewhere, the one that is found first. */
export const systemPython = existsSync(DEBIAN) ? DEBIAN : 'python3';
