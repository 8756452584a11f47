#!/bin/bash
# Each opener that a header of src/unpack declares stands in the lists that the worker uses, or in another opener.
cd "$(dirname "$0")/../.." || exit 2
missing=0
for name in $(grep -rhoE '^const Opener\* [a-z0-9_]+\(\);' src/unpack --include='*.h' | sed -E 's/.*\* ([a-z0-9_]+)\(.*/\1/'); do
  # DOC and PPT are called by the opener of compound files.
  grep -rhE "\b$name\(\)" src/unpack --include='*.cc' | grep -qv "^const Opener\* $name()" && continue
  echo "$name is called by nobody (src/unpack/light.cc, src/unpack/library.cc)"
  missing=1
done
exit $missing
