/** Where what Slipway puts into containers lies. */
export const RUN_FOLDER = '/run/slipway';
export const SECRETS_FOLDER = `${RUN_FOLDER}/secrets`;
/** `resources/start.sh`. */
export const START_SCRIPT = `${RUN_FOLDER}/start`;
/** A folder of this machine, see `CreateRequest.live`. */
export const LIVE_FOLDER = `${RUN_FOLDER}/live`;
/** In that folder: the Python module that hands metrics on, see `resources/python`. */
export const MODULE_FOLDER = 'python';
export const PYTHON_FOLDER = `${LIVE_FOLDER}/${MODULE_FOLDER}`;

/** Starts the program behind it with the secrets in its environment. */
export const START_WORDS = ['/bin/sh', START_SCRIPT, SECRETS_FOLDER];
