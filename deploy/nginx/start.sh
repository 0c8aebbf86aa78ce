#!/bin/sh
# Keeps the files of the last release for tabs that are still open, then serves.
set -eu

kept=${KEPT:-/srv/kept}
web=${WEB:-/srv/web}
if ! cmp -s "$web/index.html" "$kept/current/index.html"; then
    rm -rf "$kept/previous" "$kept/fresh"
    cp -R "$web" "$kept/fresh"
    if [ -d "$kept/current" ]; then
        mv "$kept/current" "$kept/previous"
    fi
    mv "$kept/fresh" "$kept/current"
fi
exec "${NGINX_PROGRAM:-nginx}" -g 'daemon off;' "$@"
