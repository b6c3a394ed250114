#!/bin/sh
# The ssh that git uses for Slipway: it asks nobody, takes no host key that is not known, and says
# which key the host has shown (that is why it talks so much).
set -u
exec ssh -v \
  -o BatchMode=yes \
  -o StrictHostKeyChecking=yes \
  -o "UserKnownHostsFile=~/.ssh/known_hosts ~/.ssh/known_hosts2 \"${SLIPWAY_SSH_KNOWN_HOSTS}\"" \
  -o ConnectTimeout=20 \
  -o ServerAliveInterval=15 \
  -o ForwardAgent=no -o ForwardX11=no -o ClearAllForwardings=yes -o PermitLocalCommand=no \
  ${SLIPWAY_SSH_KEY:+-i "$SLIPWAY_SSH_KEY" -o IdentitiesOnly=yes} \
  "$@"
