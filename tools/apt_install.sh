#!/bin/sh
# Installs Debian packages that only the tests need; as root, or with sudo where it asks nothing.
# usage: apt_install.sh PACKAGE...
set -u
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if ! command -v apt-get >/dev/null; then
    echo "The tests need: $*. Install it with your system's package manager."
    exit 1
fi
echo "→ Debian packages for the tests: $*"
if ! { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "$@"; } >/dev/null 2>&1; then
    echo "Could not install $*: run 'apt-get install $*' as root, then again."
    exit 1
fi
