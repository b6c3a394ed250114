/**
 * Runs a script's work, then ends the process with the status it returns.
 * What went wrong is told in a line or two; a stack would not help the person.
 * @param {() => Promise<number>} work
 */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.stderr.write(`slipway: ${process.env.DEBUG ? error.stack : error.message}\n`);
    process.exitCode = 1;
  }
}
