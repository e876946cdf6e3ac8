#!/usr/bin/env bash
# Installs Monitor from its archive; needs no network. As root: the service too. As anyone else: the program only.
# Usage: ./install.sh [PREFIX]     PREFIX: /opt/monitor as root, else ~/.local/share/monitor
set -euo pipefail

here=$(cd -- "${BASH_SOURCE[0]%/*}" && pwd)
version=$(<"$here/VERSION")
if ((EUID == 0)); then default=/opt/monitor; else default=${HOME:?}/.local/share/monitor; fi
prefix=${1:-$default}

say() { printf 'install: %s\n' "$*" >&2; }

(cd -- "$here" && sha256sum --quiet --check SHA256SUMS) || { say "the archive is damaged; copy it again"; exit 3; }
[[ $(uname -s)-$(uname -m) == Linux-x86_64 ]] || { say "this archive is for Linux on x86-64"; exit 3; }

# The one thing that the archive does not hold. Without it all works but scenes.
if ! { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -qF 'libgdal.so'; then
  say "libgdal is missing: scenes cannot be read, and the demonstration does not run, until it is there."
  say "Debian 12: apt-get install libgdal32 (any GDAL 3 will do; MONITOR_GDAL names a library file elsewhere)."
fi

target=$prefix/$version
rm -rf -- "$target.new"
mkdir -p -- "$target.new"
cp -a -- "$here/bin" "$here/edge" "$here/docs" "$here/LICENSE" "$here/VERSION" "$here/health" "$target.new/"
"$target.new/bin/monitor" --version >/dev/null || { say "the program does not start on this machine"; exit 3; }
rm -rf -- "$target"
mv -- "$target.new" "$target"
ln -sfn -- "$version" "$prefix/current.next"
mv -T -- "$prefix/current.next" "$prefix/current"
say "installed $target"

if ((EUID == 0)) && [[ $prefix == /opt/monitor && -d /run/systemd/system ]]; then
  id monitor >/dev/null 2>&1 || useradd --system --home-dir /var/lib/monitor --shell /usr/sbin/nologin monitor
  install -m 644 -- "$here"/systemd/*.service /etc/systemd/system/
  ln -sfn -- "$prefix/current/bin/monitor" /usr/local/bin/monitor
  systemctl daemon-reload
  say "start it with: systemctl enable --now monitor"
else
  say "run it with: $prefix/current/bin/monitor demo, or … serve --data DIR"
fi
