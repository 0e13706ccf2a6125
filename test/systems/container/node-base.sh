#!/usr/bin/env bash
# Makes localhost/node-base, a stand-in for node:20-bookworm-slim where no image registry can be reached: Debian's base system
# by mmdebstrap, with this machine's node, npm and certificates. Arguments: a work folder, then buildah's options.
set -euo pipefail
work=$1
shift
mkdir -p "$work/root"
mmdebstrap --quiet --variant=minbase --include=ca-certificates,libstdc++6 bookworm "$work/base.tar"
tar -xf "$work/base.tar" -C "$work/root"
rm "$work/base.tar"
mkdir -p "$work/root/usr/local/bin" "$work/root/usr/local/lib/node_modules"
cp -L "$(readlink -f "$(command -v node)")" "$work/root/usr/local/bin/node"
cp -a "$(npm root -g)/npm" "$work/root/usr/local/lib/node_modules/"
ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$work/root/usr/local/bin/npm"
certificates=/etc/ssl/certs/ca-certificates.crt
cp -L "${NODE_EXTRA_CA_CERTS:-$certificates}" "$work/root$certificates"
container=$(buildah "$@" from scratch)
buildah "$@" copy --quiet "$container" "$work/root" /
buildah "$@" config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  --env NODE_EXTRA_CA_CERTS=$certificates "$container"
buildah "$@" commit --quiet "$container" localhost/node-base
buildah "$@" rm "$container" > /dev/null
rm -rf "$work/root"
