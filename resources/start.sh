#!/bin/sh
# Starts a job's program with secrets in its environment, so that they are nowhere else. POSIX sh with
# nothing but what a shell has built in: images may have no other tool.
#
#   start FOLDER PROGRAM [ARG...]   each file in FOLDER is a variable: its name, and its value
set -u

slipway_folder=$1
shift

slipway_newline='
'

# All bytes of a file; `$(...)` would lose the line ends behind the last line.
slipway_read() {
  slipway_value=
  while IFS= read -r slipway_line; do
    slipway_value=$slipway_value$slipway_line$slipway_newline
  done <"$1"
  slipway_value=$slipway_value$slipway_line
}

for slipway_file in "$slipway_folder"/*; do
  [ -f "$slipway_file" ] || continue
  slipway_read "$slipway_file"
  export "${slipway_file##*/}=$slipway_value"
done

# In the words of docker-init, see docker/start-error.ts. An `exec` that fails says it otherwise in every shell.
refuse() {
  printf '[FATAL tini (1)] exec %s failed: %s\n' "$1" "$2" >&2
  exit 127
}
case $1 in
*/*)
  [ -e "$1" ] || refuse "$1" 'No such file or directory'
  [ -f "$1" ] && [ -x "$1" ] || refuse "$1" 'Permission denied'
  ;;
*) command -v "$1" >/dev/null 2>&1 || refuse "$1" 'No such file or directory' ;;
esac
exec "$@"
