#!/bin/sh
# As lines.py, for images without Python: seed, lines, width, lines a second (0: as fast as it goes), exit code.
seed=$1 count=$2 width=$3 rate=$4 code=$5
fill=
while [ ${#fill} -lt $((width - 19)) ]; do fill=$fill.; done
n=0
while [ "$n" -lt "$count" ]; do
  sum=$(((n * 2654435761 + seed) & 4294967295))
  if [ $((n % 3)) -eq 2 ]; then
    printf 'e%08d %08x%s\n' "$n" "$sum" "$fill" >&2
  else
    printf 'o%08d %08x%s\n' "$n" "$sum" "$fill"
  fi
  n=$((n + 1))
  if [ "$rate" -gt 0 ] && [ $((n % ((rate + 9) / 10))) -eq 0 ]; then sleep 0.1; fi
done
exit "$code"
