#!/bin/sh
# Runs git for Slipway in a session of its own, which ends as a whole: when this shell is told to
# (git leaves the programs it talks through behind), and when the app is gone (stdin is its
# lifeline). Nothing is ever evaluated as text.
#
#   git-session.sh PROGRAM [ARG...]
set -u

if [ -z "${SLIPWAY_GIT_SESSION-}" ]; then
  command -v setsid >/dev/null 2>&1 || exec "$@"
  export SLIPWAY_GIT_SESSION=1
  exec setsid "$0" "$@"
fi
unset SLIPWAY_GIT_SESSION

trap 'kill -KILL 0' HUP INT TERM
exec 3<&0
{ read -r line; kill -KILL 0; } <&3 >/dev/null 2>&1 &
lifeline=$!
"$@" 3<&- </dev/null &
wait "$!"
status=$?
kill -KILL "$lifeline"
exit "$status"
