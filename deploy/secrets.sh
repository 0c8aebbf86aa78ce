#!/bin/sh
# Makes the secrets that are missing, as files for compose.yaml; what is there is never touched.
#
#   sudo sh secrets.sh [folder]
#
# Keep copies of keyring, audit-mac-key, audit-signing-key and secret-key apart from the backups of
# the database: without them a backup opens nothing, and with them it opens everything.
set -eu
umask 077

folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"

key() { head -c 32 /dev/urandom | base64; }
word() { od -An -vtx1 -N24 /dev/urandom | tr -d ' \n'; }

# put NAME OWNER: keeps what comes in, unless the file is there.
put() {
    file=$folder/$1
    if [ -e "$file" ]; then
        cat >/dev/null
        return
    fi
    cat >"$file.new"
    chmod 0400 "$file.new"
    if [ "$(id -u)" -eq 0 ]; then
        chown "$2:$2" "$file.new"
    fi
    mv "$file.new" "$file"
    echo "made $1"
}

ring() {
    printf 'first %s\nactive first\n' "$(key)"
}

key | put secret-key 10001
ring | put keyring 10001
ring | put audit-mac-key 10001
ring | put audit-signing-key 10001

# The same password twice, for the server and for its client: made together or not at all.
if [ ! -e "$folder/database-url" ]; then
    password=$(word)
    rm -f "$folder/postgres-password"
    printf '%s\n' "$password" | put postgres-password 999
    printf 'postgresql://foundation:%s@db:5432/foundation\n' "$password" | put database-url 10001
fi
if [ ! -e "$folder/redis-url" ]; then
    password=$(word)
    rm -f "$folder/redis-acl"
    digest=$(printf %s "$password" | sha256sum | cut -d ' ' -f 1)
    {
        echo 'user default off'
        echo "user foundation on #$digest resetkeys ~fnd:* resetchannels &fnd:* +@all -@dangerous"
    } | put redis-acl 999
    printf 'redis://foundation:%s@redis:6379/0\n' "$password" | put redis-url 10001
fi

if [ ! -e "$folder/oidc-client-secret" ]; then
    echo "missing: $folder/oidc-client-secret, which the sign-in provider gives you"
fi
