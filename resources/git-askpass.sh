#!/bin/sh
# Answers what git asks for: the login that Slipway has for this one command, if it is asked for by
# the server it was kept for, or nothing at all, so that git fails at once instead of asking a person.
[ -n "${SLIPWAY_GIT_PASSWORD-}" ] || exit 1
# Username for 'https://host:port': or Password for "https://user@host:port/path":
url=${1#*[\'\"]}
scheme=${url%%://*}
host=${url#*://}
host=${host%%[\'\"/]*}
[ "$scheme://${host##*@}" = "${SLIPWAY_GIT_ORIGIN-}" ] || exit 1
case "$1" in
  Username*) printf '%s\n' "${SLIPWAY_GIT_USERNAME-}" ;;
  Password*) printf '%s\n' "$SLIPWAY_GIT_PASSWORD" ;;
  *) exit 1 ;;
esac
