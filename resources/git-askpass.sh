#!/bin/sh
# Answers what git asks for: the login that Slipway has for this one command, or nothing at all, so
# that git fails at once instead of asking a person.
[ -n "${SLIPWAY_GIT_PASSWORD-}" ] || exit 1
case "$1" in
  Username*) printf '%s\n' "${SLIPWAY_GIT_USERNAME-}" ;;
  Password*) printf '%s\n' "$SLIPWAY_GIT_PASSWORD" ;;
  *) exit 1 ;;
esac
