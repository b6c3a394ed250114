#!/bin/sh
# Watches over one program for Slipway's process engine. POSIX sh; everything it is told comes as
# arguments, nothing is ever evaluated as text. It must be the leader of a session of its own.
#
#   run FOLDER PROGRAM [ARG...]   runs a job's program, at most once per FOLDER, and outlives the app
#   tool PROGRAM [ARG...]         runs a tool that dies with the app: stdin is the app's lifeline
#
# PROGRAM is an absolute path, so that it can be no builtin. `command -p` finds the system's own
# tools whatever PATH the program is given.
set -uf

# What tells this process from a later one with the same pid. Same text as process-identity.ts.
born() {
  if [ -r "/proc/$$/stat" ]; then
    read -r boot </proc/sys/kernel/random/boot_id
    read -r stat <"/proc/$$/stat"
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    printf '%s %s' "$boot" "${20}"
  else
    TZ=UTC LC_ALL=C command -p ps -o lstart= -p "$$"
  fi
}

# Making the link `supervisor` is the one act that decides the start: whoever makes it runs the
# program, or (in supervisor.ts) sees to it that nobody ever does.
claim() {
  printf '%s %s\n' "$$" "$(born)" >"$1/supervisor.$$" || exit 125
  command -p ln "$1/supervisor.$$" "$1/supervisor" 2>/dev/null
  claimed=$?
  command -p rm -f "$1/supervisor.$$"
  [ "$claimed" -eq 0 ] || exit 125
}

# A full disk must not cost the exit status: waits until it can be written.
record() {
  until { printf '%s\n' "$2" >"$1/exit.new" && command -p mv -f "$1/exit.new" "$1/exit"; } 2>/dev/null; do
    [ -d "$1" ] || break
    command -p sleep 1
  done
}

run() {
  folder=$1
  shift
  interrupted=
  # A trap (not an ignored signal) is reset in the program, so only the program dies of these.
  trap 'interrupted=yes' HUP INT QUIT TERM
  claim "$folder"
  if [ "$interrupted" ]; then
    status=130
  else
    # What this shell has to say of its end ("Killed") must not get among what it printed itself.
    exec 4>&2 2>/dev/null
    # In the foreground: a job in the background would be started with SIGINT ignored.
    (exec "$@" 2>&4 4>&-)
    status=$?
  fi
  record "$folder" "$status"
  # Whatever the program left in its group ends with it, and so does this shell.
  kill -KILL 0
}

tool() {
  exec 3<&0 2>&1
  { read -r line; kill -KILL 0; } <&3 &
  lifeline=$!
  "$@" 3<&- </dev/null
  status=$?
  kill -KILL "$lifeline"
  exit "$status"
}

mode=$1
shift
"$mode" "$@"
